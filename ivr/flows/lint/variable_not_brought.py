"""F803: a flow is entered that speaks of what nothing has set by then, neither there nor on the way to it."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.lint.entering import Entry, entries, is_entered
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.lacking import Lack, lacks_behind
from ivr.flows.lint.subject import Subject


def _find(subject: Subject) -> Iterator[Problem]:
    if is_entered(subject):
        return  # whoever enters this one may bring it
    for entry in entries(subject):
        lacks = {lack.reading.variable: lack for lack in lacks_behind(subject, entry)}
        for lack in lacks.values():
            yield _problem(subject, entry, lack)


def _problem(subject: Subject, entry: Entry, lack: Lack) -> Problem:
    reading = lack.reading
    does = "looks at" if reading.prompt is None else f"says {reading.prompt!r}, which speaks of"
    when = "is not set on every way here" if lack.is_set_on_some_way else "nothing has set by then"
    return subject.problem(
        entry.path,
        f"the flow {lack.flow!r} {does} {reading.variable!r}, and that {when}",
        "set it before, there or here",
    )


VARIABLE_NOT_BROUGHT = Check("F803", Severity.WARNING, "variable that the entered flow lacks", _find)
