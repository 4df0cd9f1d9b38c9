"""F801: flows that enter each other deeper than the limit, or without end: the call ends in the middle."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.lint.entering import Entry, entries, is_entered, way_to
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject


def _find(subject: Subject) -> Iterator[Problem]:
    limit = subject.flow.limits.depth
    for entry in entries(subject):
        if back := way_to(entry.flow, subject.flow.name):
            yield subject.problem(
                entry.path,
                f"{_told((subject.flow.name, *back))} enter each other without end, and the call ends when"
                f" they are {limit} deep",
                "go back by a `return` node where a flow is entered again",
            )
        elif not is_entered(subject) and len(deepest := _deepest_way(entry)) > limit:
            yield subject.problem(
                entry.path,
                f"{_told((subject.flow.name, *deepest))} are {len(deepest)} deep in each other, limit"
                f" {limit}",
                "return before another is entered, or set `limits: {depth: …}`",
            )


def _deepest_way(entry: Entry, above: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the flows that are entered one in another from this node on; a circle is gone round once."""
    name = entry.node.flow
    if name in above:
        return ()
    ways = (_deepest_way(deeper, (*above, name)) for deeper in entries(entry.flow))
    return (name, *max(ways, key=len, default=()))


def _told(way: tuple[str, ...]) -> str:
    return " → ".join(way)


FLOWS_TOO_DEEP = Check("F801", Severity.WARNING, "flows too deep in each other", _find)
