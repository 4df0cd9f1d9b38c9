"""What a customer can answer in a flow, whichever way leads there."""

from __future__ import annotations

from collections.abc import Iterable

from ivr.flows.flow import Flow
from ivr.flows.node import Node
from ivr.flows.nodes.callback import CallbackNode
from ivr.flows.nodes.choosing import ChoosingNode
from ivr.flows.nodes.opt_out import OptOutNode
from ivr.flows.nodes.pay import PayNode
from ivr.flows.nodes.promise import PromiseNode
from ivr.flows.nodes.record import RecordNode
from ivr.flows.nodes.respond import RespondNode
from ivr.outcomes.response import Response


def responses_of(flow: Flow) -> frozenset[Response]:
    """Return every response that a key of this flow can mean; those of flows that it enters are not in it."""
    of_all = [choice.response for choice in flow.keys.values()]
    of_nodes = [response for node in flow.nodes.values() for response in _of_node(node)]
    return frozenset(response for response in (*of_all, *of_nodes) if response is not None)


def _of_node(node: Node) -> Iterable[Response | None]:
    match node:
        case PayNode():
            return (Response.PAID,)
        case PromiseNode():
            return (Response.PROMISED,)
        case CallbackNode() | OptOutNode() | RecordNode() | RespondNode():
            return (node.response,)
        case ChoosingNode():
            return tuple(choice.response for choice in node.own_choices().values())
        case _:
            return ()
