"""Check the ways through a flow: every target is there, every node can be reached."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from ivr.content_file import ContentFile
from ivr.errors import Problem
from ivr.flows.flow import FlowFile
from ivr.flows.graph import least_tiers, named_edges


def check_graph(content: ContentFile, flow: FlowFile) -> Iterator[Problem]:
    """Yield a complaint for each unknown target and each node that no way leads to."""
    for path, edge in named_edges(flow):
        if edge.to not in flow.nodes:
            close = get_close_matches(edge.to, flow.nodes, n=1)
            right = f"did you mean {close[0]!r}?" if close else f"use one of {', '.join(flow.nodes)}"
            yield content.problem(path, f"there is no node {edge.to!r}", right.rstrip("?"))
    reachable = least_tiers(flow)
    for name in flow.nodes:
        if name not in reachable:
            yield content.problem(
                ("nodes", name), "no way leads to this node", "name it as a target somewhere, or remove it"
            )
