"""F115: a flow for a third party in which they could be taken for the customer, or act for them."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.flow import Listener
from ivr.flows.lint.entering import entries
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject
from ivr.flows.nodes.callback import CallbackNode
from ivr.flows.nodes.forward import ForwardNode
from ivr.flows.nodes.forward_link import ForwardLinkNode
from ivr.flows.nodes.pay import PayNode
from ivr.flows.nodes.promise import PromiseNode
from ivr.flows.nodes.send_email import SendEmailNode
from ivr.flows.nodes.send_sms import SendSmsNode
from ivr.flows.nodes.set_pin import SetPinNode
from ivr.flows.nodes.take_card import TakeCardNode
from ivr.prompts.content_tier import ContentTier

_CUSTOMERS_OWN = (
    CallbackNode,
    ForwardNode,
    ForwardLinkNode,
    PayNode,
    PromiseNode,
    SendEmailNode,
    SendSmsNode,
    SetPinNode,
    TakeCardNode,
)
"""Nodes that do something for the customer."""


def _find(subject: Subject) -> Iterator[Problem]:
    if subject.flow.listener is not Listener.THIRD_PARTY:
        return
    if subject.flow.entered_at > ContentTier.ANYONE:
        wrong = "whoever an alert was passed on to is nobody whom we have made sure of"
        yield subject.problem(("entered_at",), wrong, "remove `entered_at:`")
    for name, node in subject.flow.nodes.items():
        if any(edge.tier > ContentTier.ANYONE for edge in node.edges()):
            wrong = f"a {node.type} node makes sure of the customer, and somebody else is listening"
            yield subject.problem(("nodes", name), wrong, "remove it")
        elif isinstance(node, _CUSTOMERS_OWN):
            wrong = f"a {node.type} node acts for the customer, and somebody else is listening"
            yield subject.problem(("nodes", name), wrong, "remove it")
    for entry in entries(subject):
        if entry.flow.flow.listener is not Listener.THIRD_PARTY:
            wrong = f"the flow {entry.node.flow!r} is for customers, and somebody else is listening"
            yield subject.problem(entry.path, wrong, "enter one with `listener: third_party`")


THIRD_PARTY_HEARS = Check("F115", Severity.ERROR, "not for a third party", _find)
