"""Which flow enters which, and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ivr.content_file import Path
from ivr.flows.lint.subject import Subject
from ivr.flows.nodes.enter_flow import EnterFlowNode


@dataclass(frozen=True)
class Entry:
    """A node that enters another flow whose fields all fit."""

    name: str
    """The node's."""
    node: EnterFlowNode
    flow: Subject

    @property
    def path(self) -> Path:
        """The field that names the flow."""
        return ("nodes", self.name, "flow")


def entries(subject: Subject) -> Iterator[Entry]:
    """Yield where a flow enters another one that is there, in the order of the file."""
    for name, node in subject.flow.nodes.items():
        if isinstance(node, EnterFlowNode) and (flow := subject.flows.get(node.flow)) is not None:
            yield Entry(name, node, flow)


def is_entered(subject: Subject) -> bool:
    """Say whether another flow enters this one, so that it doesn't begin with nothing."""
    others = (other for other in subject.flows.values() if other is not None)
    return any(
        entry.node.flow == subject.flow.name
        for other in others
        if other.flow.name != subject.flow.name
        for entry in entries(other)
    )


def way_to(start: Subject, name: str) -> tuple[str, ...]:
    """Return the shortest way from a flow to the one called `name`, both included; empty when none leads."""
    waiting: list[tuple[str, ...]] = [(start.flow.name,)]
    seen = {start.flow.name}
    for way in waiting:
        if way[-1] == name:
            return way
        here = start if way[-1] == start.flow.name else start.flows[way[-1]]
        for entry in entries(here) if here is not None else ():
            if entry.node.flow not in seen:
                seen.add(entry.node.flow)
                waiting.append((*way, entry.node.flow))
    return ()


def within(subject: Subject, above: tuple[str, ...] = ()) -> Iterator[Subject]:
    """Yield a flow and all that it can get into; some of them several times."""
    yield subject
    for entry in entries(subject):
        if entry.node.flow not in above:
            yield from within(entry.flow, (*above, entry.node.flow))
