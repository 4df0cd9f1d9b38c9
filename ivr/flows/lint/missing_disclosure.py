"""F702: what the compliance profile requires after verification is not said, or not first."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.compliance import Place
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.required_segment import segment_problems
from ivr.flows.lint.subject import Subject
from ivr.flows.lint.ways import first_speakers
from ivr.flows.nodes.verify_factor import VerifyFactorNode
from ivr.prompts.content_tier import ContentTier


def _find(subject: Subject) -> Iterator[Problem]:
    return segment_problems(subject, Place.AFTER_VERIFICATION, _due)


def _due(subject: Subject) -> tuple[str, ...]:
    """Return where the person that the call is for first hears something, once known as such.

    A question for a factor is part of the verification still: what follows the right answer counts.
    """
    nodes = subject.flow.nodes
    raised = (edge.to for node in nodes.values() for edge in node.edges() if edge.tier > ContentTier.ANYONE)
    speakers = (name for target in raised for name in first_speakers(subject.flow, target))
    return tuple(dict.fromkeys(n for n in speakers if not isinstance(nodes[n], VerifyFactorNode)))


MISSING_DISCLOSURE = Check("F702", Severity.WARNING, "disclosure missing", _find)
