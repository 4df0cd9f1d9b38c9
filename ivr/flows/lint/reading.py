"""Who looks at which variable, and which are there by then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ivr.content_file import Path
from ivr.flows.flow import FlowFile
from ivr.flows.graph import edges_from
from ivr.flows.lint.speech_of_account import spoken_variables
from ivr.flows.lint.subject import Subject
from ivr.flows.nodes.gather import GatherNode

Names = frozenset[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """A place that needs a variable."""

    path: Path
    variable: str
    node: str | None
    """None: the session itself says it, at any time."""
    prompt: str | None
    """None: the node looks at it, and bears that nothing is there."""


def readings(subject: Subject) -> Iterator[Reading]:
    """Yield every variable that a prompt or a node needs."""
    for saying in subject.sayings():
        for variable in sorted(spoken_variables(subject, saying.prompt)):
            if variable in saying.knows:
                continue
            yield Reading(saying.path, variable, saying.node, saying.prompt)
    for name, node in subject.flow.nodes.items():
        for use in node.uses():
            yield Reading(("nodes", name, *use.path), use.variable, name, None)


def secrets(flow: FlowFile) -> Mapping[str, str]:
    """Return the secret variables, each with a node that gathers it."""
    return {
        f"gathered.{node.variable}": name
        for name, node in flow.nodes.items()
        if isinstance(node, GatherNode) and node.secret
    }


def set_on_every_way(flow: FlowFile) -> Mapping[str, Names]:
    """Return for each node the variables that are certainly there when it is entered."""
    return _spread(flow, Names.intersection)


def set_on_some_way(flow: FlowFile) -> Mapping[str, Names]:
    """Return for each node the variables that can be there when it is entered."""
    return _spread(flow, Names.union)


def _spread(flow: FlowFile, joined: Callable[[Names, Names], Names]) -> dict[str, Names]:
    """Carry what is set along all ways, until nothing changes."""
    found: dict[str, Names] = {flow.start: frozenset()}
    waiting = [flow.start]
    while waiting:
        name = waiting.pop()
        for edge in edges_from(flow, name):
            arriving = found[name].union(edge.sets)
            there = joined(found[edge.to], arriving) if edge.to in found else arriving
            if found.get(edge.to) != there:
                found[edge.to] = there
                waiting.append(edge.to)
    return found
