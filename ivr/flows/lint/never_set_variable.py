"""F111: a prompt speaks of a variable that nothing sets before it is said: the call would break off there.

A flow that is made to be entered may be brought it by the one that enters it: that is left to the call.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.reading import unset_readings
from ivr.flows.lint.subject import Subject


def _find(subject: Subject) -> Iterator[Problem]:
    for unset in unset_readings(subject):
        if unset.breaks_off:
            reading = unset.reading
            yield subject.problem(
                reading.path,
                f"{reading.prompt!r} speaks of {reading.variable!r}, which nothing has set by then",
                "set it before, or use one of the variables that every call has",
            )


NEVER_SET_VARIABLE = Check("F111", Severity.ERROR, "variable that is never set", _find)
