"""F501: a variable that is not set on every way: a prompt breaks off there, a condition never holds."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.reading import Unset, unset_readings
from ivr.flows.lint.subject import Subject


def _find(subject: Subject) -> Iterator[Problem]:
    for unset in unset_readings(subject):
        if not unset.breaks_off:
            yield _problem(subject, unset)


def _problem(subject: Subject, unset: Unset) -> Problem:
    reading = unset.reading
    who = "this looks at" if reading.prompt is None else f"{reading.prompt!r} speaks of"
    when = "is not set on every way here" if unset.is_set_on_some_way else "nothing has set by then"
    return subject.problem(
        reading.path,
        f"{who} {reading.variable!r}, which {when}",
        "set it before, or use one of the variables that every call has",
    )


UNSET_VARIABLE = Check("F501", Severity.WARNING, "variable used before it is set", _find)
