"""F601: a transfer without a path for "nobody free": the caller waited, and is sent off without a word."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject
from ivr.flows.lint.ways import ends_mutely, first_speakers
from ivr.flows.nodes.transfer import TransferNode


def _find(subject: Subject) -> Iterator[Problem]:
    for name, node in subject.flow.nodes.items():
        if not isinstance(node, TransferNode):
            continue
        for field in ("no_agent", "failed"):
            if wrong := _left_alone(subject, node.done, getattr(node, field)):
                right = "lead it to words of its own: a time to call back, a call-back, another way"
                yield subject.problem(("nodes", name, field), wrong, right)


def _left_alone(subject: Subject, done: str, to: str) -> str | None:
    """Return what is wrong about a way that is taken when nobody took the call."""
    nodes = subject.flow.nodes
    if to == done:
        return "whom no agent took is treated as if one had"
    if any(ends_mutely(nodes[name]) for name in first_speakers(subject.flow, to)):
        return "whom no agent took is sent off without a word"
    return None


NOBODY_FREE = Check("F601", Severity.WARNING, 'no path for "nobody free"', _find)
