"""F109: hours that are not there; the call would take them for closed, always."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject
from ivr.flows.nodes.check_hours import CheckHoursNode


def _find(subject: Subject) -> Iterator[Problem]:
    known = subject.around.hours
    for name, node in subject.flow.nodes.items():
        if isinstance(node, CheckHoursNode) and known is not None and node.hours not in known:
            there = ", ".join(sorted(known)) or "none is there"
            yield subject.problem(
                ("nodes", name, "hours"),
                f"there are no hours named {node.hours!r}",
                f"name a file of the hours folder: {there}",
            )


UNKNOWN_HOURS = Check("F109", Severity.ERROR, "unknown hours", _find)
