"""F121: a flow to be entered that is not there: the call would end with a good-bye in the middle."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from ivr.errors import Problem
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject
from ivr.flows.nodes.enter_flow import EnterFlowNode


def _find(subject: Subject) -> Iterator[Problem]:
    for name, node in subject.flow.nodes.items():
        if isinstance(node, EnterFlowNode) and node.flow not in subject.flows:
            close = get_close_matches(node.flow, subject.flows, n=1)
            right = f"did you mean {close[0]!r}" if close else f"use one of {', '.join(subject.flows)}"
            yield subject.problem(("nodes", name, "flow"), f"there is no flow {node.flow!r}", right)


UNKNOWN_FLOW = Check("F121", Severity.ERROR, "unknown flow", _find)
