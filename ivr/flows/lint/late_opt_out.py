"""F704: a compliance profile wants the opt-out key at the first question, and it is not there."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.flow import FlowFile
from ivr.flows.graph import edges_from
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject
from ivr.flows.lint.ways import first_questions, walked
from ivr.flows.nodes.opt_out import OptOutNode


def _find(subject: Subject) -> Iterator[Problem]:
    profile = subject.profile
    if profile is None or profile.opt_out_at_first_question is None:
        return
    for name in first_questions(subject.flow):
        if not _can_opt_out(subject.flow, name):
            yield subject.problem(
                ("nodes", name),
                f"nobody can opt out here ({profile.opt_out_at_first_question.section})",
                "give it a key that leads to an `opt_out` node",
            )


def _can_opt_out(flow: FlowFile, question: str) -> bool:
    """Say whether a key of the question leads to an opt-out with nothing said on the way."""
    return any(
        isinstance(flow.nodes[name], OptOutNode)
        for edge in edges_from(flow, question)
        for name in walked(flow, edge.to, lambda node: not node.opening())
    )


LATE_OPT_OUT = Check("F704", Severity.WARNING, "no opt-out at the first question", _find)
