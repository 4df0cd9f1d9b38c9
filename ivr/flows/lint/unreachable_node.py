"""F102: a node that nobody can ever get to."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject


def _find(subject: Subject) -> Iterator[Problem]:
    for name in subject.flow.nodes:
        if name not in subject.tiers:
            yield subject.problem(
                ("nodes", name), "no way leads to this node", "name it as a target somewhere, or remove it"
            )


UNREACHABLE_NODE = Check("F102", Severity.ERROR, "unreachable node", _find)
