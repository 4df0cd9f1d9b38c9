"""F106: a node that acts for a person before we are sure enough who it is."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject, whom


def _find(subject: Subject) -> Iterator[Problem]:
    for name, tier in subject.tiers.items():
        node = subject.flow.nodes[name]
        if tier < node.least_tier:
            yield subject.problem(
                ("nodes", name),
                f"a {node.type} node is for {whom(node.least_tier)}, and {whom(tier)} can get to it",
                "put a verify node before it on every way",
            )


NODE_TOO_EARLY = Check("F106", Severity.ERROR, "action before verification", _find)
