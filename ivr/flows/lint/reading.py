"""Who looks at which variable, and which are there by then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ivr.content_file import Path
from ivr.flows.flow import FlowFile
from ivr.flows.graph import edges_from, enters_loss
from ivr.flows.lint.entering import Entry, entries, way_to
from ivr.flows.lint.speech_of_account import spoken_variables
from ivr.flows.lint.subject import Subject
from ivr.flows.nodes.gather import GatherNode
from ivr.flows.nodes.return_ import ReturnNode

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
    known = subject.catalogue.names()
    for saying in subject.sayings():
        if saying.prompt not in known:
            continue  # of another flow, which is told of it
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


def set_on_every_way(subject: Subject) -> Mapping[str, Names]:
    """Return for each node the variables that are certainly there when it is entered."""
    return _set_by_then(subject, certain=True)


def set_on_some_way(subject: Subject) -> Mapping[str, Names]:
    """Return for each node the variables that can be there when it is entered."""
    return _set_by_then(subject, certain=False)


def _set_by_then(subject: Subject, *, certain: bool) -> Mapping[str, Names]:
    if certain not in subject.set_by_then:
        subject.set_by_then[certain] = _spread(subject, certain=certain)
    return subject.set_by_then[certain]


def _spread(subject: Subject, *, certain: bool) -> dict[str, Names]:
    """Carry what is set along all ways, until nothing changes.

    Where somebody else may come to be on the line, nothing that was set before is certain.
    """
    flow = subject.flow
    joined = Names.intersection if certain else Names.union
    brought = {entry.name: _brought_back(subject, entry, certain=certain) for entry in entries(subject)}
    others = {name: other.flow for name, other in subject.flows.items() if other is not None}
    losing = {name for name, node in flow.nodes.items() if certain and enters_loss(node, others)}
    waiting = [flow.start] if flow.start in flow.nodes else []
    found: dict[str, Names] = dict.fromkeys(waiting, frozenset())
    while waiting:
        name = waiting.pop()
        for edge in edges_from(flow, name):
            if edge.to not in flow.nodes:
                continue  # told of in that flow's own findings
            sets = brought.get(name, {}).get(edge.path, frozenset(edge.sets))
            is_lost = certain and (edge.loses_proof or name in losing)
            arriving = sets if is_lost else found[name] | sets
            there = joined(found[edge.to], arriving) if edge.to in found else arriving
            if found.get(edge.to) != there:
                found[edge.to] = there
                waiting.append(edge.to)
    return found


def _brought_back(subject: Subject, entry: Entry, *, certain: bool) -> dict[Path, Names]:
    """Return what the entered flow has set by the time it returns, by the field whose way is then taken.

    A flow that comes back to this one is taken to set whatever it likes: it has a finding of its own.
    """
    if way_to(entry.flow, subject.flow.name):
        return {}
    brought: dict[Path, Names] = {}
    joined = Names.intersection if certain else Names.union
    there = _set_by_then(entry.flow, certain=certain)
    for name, node in entry.flow.flow.nodes.items():
        if isinstance(node, ReturnNode) and name in there:
            path = entry.node.way_of(node.result)
            brought[path] = joined(brought[path], there[name]) if path in brought else there[name]
    return brought
