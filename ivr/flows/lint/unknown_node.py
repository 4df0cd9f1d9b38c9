"""F101: a target that is no node of the flow."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from ivr.errors import Problem
from ivr.flows.graph import named_edges
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject


def _find(subject: Subject) -> Iterator[Problem]:
    nodes = subject.flow.nodes
    for path, edge in named_edges(subject.flow):
        if edge.to not in nodes:
            close = get_close_matches(edge.to, nodes, n=1)
            right = f"did you mean {close[0]!r}" if close else f"use one of {', '.join(nodes)}"
            yield subject.problem(path, f"there is no node {edge.to!r}", right)


UNKNOWN_NODE = Check("F101", Severity.ERROR, "unknown node", _find)
