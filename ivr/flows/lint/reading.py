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
from ivr.flows.nodes.return_ import ReturnNode
from ivr.flows.sample_variables import GIVEN
from ivr.prompts.content_tier import ContentTier

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


@dataclass(frozen=True, slots=True)
class Unset:
    """A place that needs a variable which is not set on every way there."""

    reading: Reading
    is_set_on_some_way: bool
    breaks_off: bool
    """Whether a prompt speaks of what cannot be there."""


def unset_readings(subject: Subject) -> Iterator[Unset]:
    """Yield what is not set when it is needed; a node only needs that a variable can be there at all."""
    always, sometimes = set_on_every_way(subject.flow), set_on_some_way(subject.flow)
    kept = secrets(subject.flow)
    for reading in readings(subject):
        if reading.variable in GIVEN or reading.variable in kept:
            continue
        if reading.node is not None and reading.node not in sometimes:
            continue  # nobody gets there, which is told of on its own
        ever = _is_in(reading.variable, sometimes.get(reading.node or "", frozenset()))
        sure = _is_in(reading.variable, always.get(reading.node or "", frozenset()))
        if not sure and (reading.prompt is not None or not ever):
            is_said = reading.prompt is not None
            yield Unset(reading, ever, is_said and not ever and not _may_be_brought(subject.flow, reading))


def _is_in(variable: str, names: Names) -> bool:
    """Say whether a variable or a namespace that it is in is among the names."""
    return any(variable == name or variable.startswith(f"{name}.") for name in names)


def _may_be_brought(flow: FlowFile, reading: Reading) -> bool:
    """Say whether a flow that enters this one may have set the variable."""
    returns = any(isinstance(node, ReturnNode) for node in flow.nodes.values())
    is_entered = returns or flow.entered_at > ContentTier.ANYONE
    return is_entered and reading.variable.partition(".")[0] in _SET_BY_FLOWS


_SET_BY_FLOWS = ("gathered", "own", "result")


def readings(subject: Subject) -> Iterator[Reading]:
    """Yield every variable that a prompt or a node needs."""
    known = subject.catalogue.names()
    for saying in subject.sayings():
        if saying.prompt not in known:
            continue
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
    waiting = [flow.start] if flow.start in flow.nodes else []
    found: dict[str, Names] = dict.fromkeys(waiting, frozenset())
    while waiting:
        name = waiting.pop()
        for edge in edges_from(flow, name):
            if edge.to not in flow.nodes:
                continue
            arriving = found[name].union(edge.sets)
            there = joined(found[edge.to], arriving) if edge.to in found else arriving
            if found.get(edge.to) != there:
                found[edge.to] = there
                waiting.append(edge.to)
    return found
