"""F501: a variable that is used before anything sets it: a prompt would break off, a condition never hold.

A flow that another one enters doesn't begin with nothing: what it lacks is judged where it is entered (F803).
"""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.lint.entering import is_entered
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.lacking import Lack, own_lacks
from ivr.flows.lint.subject import Subject


def _find(subject: Subject) -> Iterator[Problem]:
    if not is_entered(subject):
        for lack in own_lacks(subject):
            yield _problem(subject, lack)


def _problem(subject: Subject, lack: Lack) -> Problem:
    reading = lack.reading
    who = "this looks at" if reading.prompt is None else f"{reading.prompt!r} speaks of"
    when = "is not set on every way here" if lack.is_set_on_some_way else "nothing has set by then"
    return subject.problem(
        reading.path,
        f"{who} {reading.variable!r}, which {when}",
        "set it before, or use one of the variables that every call has",
    )


UNSET_VARIABLE = Check("F501", Severity.WARNING, "variable used before it is set", _find)
