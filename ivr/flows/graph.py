"""The ways through a flow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from ivr.content_file import Path
from ivr.flows.account_details import tells_of_account
from ivr.flows.flow import Flow, FlowFile
from ivr.flows.node import Node
from ivr.flows.nodes.base import Edge
from ivr.flows.nodes.enter_flow import EnterFlowNode
from ivr.flows.nodes.question import QuestionNode
from ivr.flows.nodes.return_ import ReturnNode
from ivr.prompts.content_tier import ContentTier

NO_FLOWS: Mapping[str, FlowFile] = MappingProxyType({})


def named_edges(flow: FlowFile) -> Iterator[tuple[Path, Edge]]:
    """Yield each target that the file names, with the full path of the field that names it."""
    yield ("start",), Edge(("start",), flow.start)
    if flow.settled is not None:
        yield ("settled",), Edge(("settled",), flow.settled)
    for key, choice in flow.keys.items():
        yield ("keys", key), Edge(("keys", key), choice.to)
    for name, node in flow.nodes.items():
        for edge in node.edges():
            yield ("nodes", name, *edge.path), edge


def edges_from(flow: FlowFile, name: str) -> Iterator[Edge]:
    """Yield every way out of a node, the keys of the whole flow and that of a late answer included."""
    node = flow.nodes[name]
    yield from node.edges()
    if isinstance(node, QuestionNode):
        moments = node.moments(flow.manners)
        for key, choice in flow.keys.items():
            if any(moment.leaves(key) for moment in moments):
                yield Edge(("keys", key), choice.to)
    if flow.settled is not None and may_come_late(flow, node):
        yield Edge(("settled",), flow.settled)


def may_come_late(flow: FlowFile, node: Node) -> bool:
    """Say whether an answer to this node can settle what was settled in another call meanwhile."""
    everywhere = flow.keys.values() if isinstance(node, QuestionNode) else ()
    meant = (*node.responses(), *(choice.response for choice in everywhere if choice.response))
    return any(response.settles_once for response in meant)


def least_tiers(
    flow: FlowFile, flows: Mapping[str, FlowFile] = NO_FLOWS, above: frozenset[str] = frozenset()
) -> dict[str, ContentTier]:
    """Return each reachable node with the least tier at which it can be entered.

    Whom one of `flows` has made sure of stays known when it returns; of those in `above`, which are being
    looked at already, nothing is expected. Where a call may come to be about somebody else, nobody is known
    until they prove it anew.
    """
    above |= {flow.name}
    flows = {**flows, flow.name: flow}
    raised = {
        name: _tiers_at_return(flows[node.flow], node, flows, above)
        for name, node in flow.nodes.items()
        if isinstance(node, EnterFlowNode) and node.flow in flows and node.flow not in above
    }
    losing = {name for name, node in flow.nodes.items() if enters_loss(node, flows)}
    tiers: dict[str, ContentTier] = {}
    waiting = [(flow.start, flow.entered_at)]
    while waiting:
        name, tier = waiting.pop()
        if name not in flow.nodes or (name in tiers and tiers[name] <= tier):
            continue
        tiers[name] = tier
        lifts = raised.get(name, {})
        for edge in edges_from(flow, name):
            known = ContentTier.ANYONE if edge.loses_proof or name in losing else tier
            waiting.append((edge.to, max(known, lifts.get(edge.path, edge.tier))))
    return tiers


def enters_loss(node: Node, flows: Mapping[str, FlowFile]) -> bool:
    """Say whether a node enters a flow in which the call may come to be about somebody else."""
    waiting, seen = [node], {""}
    while waiting:
        entered = waiting.pop()
        if not isinstance(entered, EnterFlowNode) or entered.flow in seen or entered.flow not in flows:
            continue
        seen.add(entered.flow)
        within = flows[entered.flow].nodes.values()
        if any(edge.loses_proof for each in within for edge in each.edges()):
            return True
        waiting.extend(within)
    return False


def _tiers_at_return(
    flow: FlowFile, entering: EnterFlowNode, flows: Mapping[str, FlowFile], above: frozenset[str]
) -> dict[Path, ContentTier]:
    """Return the least tier at which a flow comes back, by the field whose way is then taken."""
    least: dict[Path, ContentTier] = {}
    for name, tier in least_tiers(flow, flows, above).items():
        node = flow.nodes[name]
        if isinstance(node, ReturnNode):
            path = entering.way_of(node.result)
            least[path] = min(tier, least.get(path, tier))
    return least


def own_details(flow: FlowFile) -> frozenset[str]:
    """Return the flow's own variables that some node makes of account details, by name, on whichever way."""
    assigned = [(name, made) for node in flow.nodes.values() for name, made in node.assigns().items()]
    found: frozenset[str] = frozenset()
    while True:
        more = found.union(
            name for name, made in assigned if any(tells_of_account(source, found) for source in made)
        )
        if more == found:
            return found
        found = more


def flows_within(flow: Flow, flows: Mapping[str, Flow]) -> tuple[Flow, ...]:
    """Return a flow and every one of `flows` that it can get into, each once."""
    within = {flow.name: flow}
    waiting = list(flow.enters)
    while waiting:
        name = waiting.pop()
        if name in flows and name not in within:
            within[name] = flows[name]
            waiting.extend(flows[name].enters)
    return tuple(within.values())
