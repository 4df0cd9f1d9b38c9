"""F706: a call is recorded, and the compliance profile wants it said before anybody answers a question."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.compliance import Place
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.required_segment import segment_problems
from ivr.flows.lint.subject import Subject
from ivr.flows.lint.ways import walked
from ivr.flows.node import Node
from ivr.flows.nodes.enter_flow import EnterFlowNode
from ivr.flows.nodes.question import QuestionNode
from ivr.flows.nodes.transfer import TransferNode

_TALKS = (QuestionNode, TransferNode, EnterFlowNode)
"""Where the person is heard, or may be."""


def _find(subject: Subject) -> Iterator[Problem]:
    if subject.flow.name in subject.around.recorded:
        yield from segment_problems(subject, Place.RECORDED, _due)


def _due(subject: Subject) -> tuple[str, ...]:
    """Return the nodes where somebody is heard who was not told."""
    profile = subject.profile
    notices = {subject.flow.segments.get(name) for name in (profile.recording_notices if profile else ())}

    def is_told_at(node: Node) -> bool:
        return not notices.isdisjoint(node.opening())

    def goes_on(node: Node) -> bool:
        return not is_told_at(node) and not isinstance(node, _TALKS)

    nodes = subject.flow.nodes
    there = walked(subject.flow, subject.flow.start, goes_on)
    return tuple(name for name in there if isinstance(nodes[name], _TALKS) and not is_told_at(nodes[name]))


UNSAID_RECORDING = Check("F706", Severity.WARNING, "recording not said", _find)
