"""F704: a compliance profile wants the opt-out key at the first question, and it is not there."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.flow import FlowFile
from ivr.flows.graph import edges_from
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject
from ivr.flows.lint.ways import first_questions
from ivr.flows.nodes.enter_flow import EnterFlowNode
from ivr.flows.nodes.opt_out import OptOutNode
from ivr.flows.nodes.question import QuestionNode


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
    """Say whether a key of the question opts out, with nothing said or asked on the way."""
    keys = (edge for edge in edges_from(flow, question) if edge.path[0] in _FIELDS_OF_KEYS)
    return any(_opts_out(flow, edge.to, frozenset()) for edge in keys)


def _opts_out(flow: FlowFile, name: str, before: frozenset[str]) -> bool:
    """Say whether every way from a node on ends in an opt-out."""
    node = flow.nodes[name]
    if isinstance(node, OptOutNode):
        return True
    if name in before or node.opening() or isinstance(node, QuestionNode | EnterFlowNode):
        return False
    ways = tuple(edges_from(flow, name))
    return bool(ways) and all(_opts_out(flow, edge.to, before | {name}) for edge in ways)


_FIELDS_OF_KEYS = ("keys", "yes", "no")
"""Where a question names what its keys lead to; silence and wrong keys are no wish."""

LATE_OPT_OUT = Check("F704", Severity.WARNING, "no opt-out at the first question", _find)
