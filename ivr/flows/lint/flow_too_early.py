"""F122: a flow that counts on a surer listener than the node that enters it can have."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.lint.entering import entries
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject, whom


def _find(subject: Subject) -> Iterator[Problem]:
    for entry in entries(subject):
        needed, tier = entry.flow.flow.entered_at, subject.tiers.get(entry.name)
        if tier is not None and tier < needed:
            yield subject.problem(
                entry.path,
                f"the flow {entry.node.flow!r} is for {whom(needed)}, and {whom(tier)} can get into it",
                "put a verify node before it on every way, or lower its `entered_at:`",
            )


FLOW_TOO_EARLY = Check("F122", Severity.ERROR, "flow entered before verification", _find)
