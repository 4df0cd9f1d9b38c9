"""F501: a variable that is used before anything sets it: a prompt would break off, a condition never hold."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.reading import Names, Reading, readings, secrets, set_on_every_way, set_on_some_way
from ivr.flows.lint.subject import Subject
from ivr.flows.sample_variables import GIVEN


def _find(subject: Subject) -> Iterator[Problem]:
    always, sometimes = set_on_every_way(subject.flow), set_on_some_way(subject.flow)
    kept = secrets(subject.flow)
    for reading in readings(subject):
        if reading.variable in GIVEN or reading.variable in kept:
            continue
        ever = _is_in(reading.variable, sometimes.get(reading.node or "", frozenset()))
        sure = _is_in(reading.variable, always.get(reading.node or "", frozenset()))
        if not sure and (reading.prompt is not None or not ever):
            yield _problem(subject, reading, ever)


def _is_in(variable: str, names: Names) -> bool:
    """Say whether a variable or a namespace that it is in is among the names."""
    return any(variable == name or variable.startswith(f"{name}.") for name in names)


def _problem(subject: Subject, reading: Reading, ever: bool) -> Problem:
    who = "this looks at" if reading.prompt is None else f"{reading.prompt!r} speaks of"
    when = "which is not set on every way here" if ever else "which nothing has set by then"
    return subject.problem(
        reading.path,
        f"{who} {reading.variable!r}, {when}",
        "set it before, or use one of the variables that every call has",
    )


UNSET_VARIABLE = Check("F501", Severity.WARNING, "variable used before it is set", _find)
