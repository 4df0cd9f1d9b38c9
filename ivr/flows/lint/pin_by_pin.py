"""F404: a PIN that can be set by who has proved nothing but the PIN: the call refuses them.

Who comes from another flow is taken to have proved something else there.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.factor import Factor
from ivr.flows.flow import FlowFile
from ivr.flows.graph import edges_from
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject
from ivr.flows.nodes.base import Edge
from ivr.flows.nodes.enter_flow import EnterFlowNode
from ivr.flows.nodes.set_pin import SetPinNode
from ivr.flows.nodes.verify_factor import VerifyFactorNode
from ivr.prompts.content_tier import ContentTier


def _find(subject: Subject) -> Iterator[Problem]:
    for name in _entered_by_pin_alone(subject.flow):
        node = subject.flow.nodes[name]
        if isinstance(node, SetPinNode) and node.unproven is None:
            yield subject.problem(
                ("nodes", name),
                "who has proved nothing but the PIN can get here, and is refused",
                "ask for another factor before, by a verify_factor node without `pin` among its questions, "
                "or lead `unproven:` to one",
            )


def _entered_by_pin_alone(flow: FlowFile) -> tuple[str, ...]:
    """Return the nodes that somebody can come to who has proved no factor but the PIN."""
    found: dict[str, None] = {}
    waiting = [flow.start] if flow.entered_at < ContentTier.VERIFIED else []
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found[name] = None
        waiting.extend(edge.to for edge in edges_from(flow, name) if not _proves_another(flow, name, edge))
    return tuple(found)


def _proves_another(flow: FlowFile, name: str, edge: Edge) -> bool:
    node = flow.nodes[name]
    if isinstance(node, VerifyFactorNode):
        return edge.path == ("match",) and Factor.PIN not in node.questions
    return isinstance(node, EnterFlowNode)


PIN_BY_PIN = Check("F404", Severity.WARNING, "PIN set by the PIN alone", _find)
