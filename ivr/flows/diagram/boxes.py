"""What a diagram shows of a flow: a box for each node, with its ways out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ivr.flows.condition import Condition
from ivr.flows.flow import FlowFile
from ivr.flows.node import Node
from ivr.flows.nodes.base import Edge
from ivr.flows.nodes.branch import BranchNode
from ivr.flows.nodes.choosing import ChoosingNode
from ivr.flows.nodes.effect_node import EffectNode
from ivr.flows.nodes.question import QuestionNode

EVERYWHERE = "every question"
"""The box of the keys that the whole flow understands; no node can have this name."""


class Family(StrEnum):
    """What a node is for, as its colour tells."""

    SAYS = "says"
    ASKS = "asks"
    DECIDES = "decides"
    ACTS = "acts"
    ENDS = "ends"


@dataclass(frozen=True, slots=True)
class Way:
    """A way out of a box, all that leads to one target taken together."""

    labels: tuple[str, ...]
    """`1`, `silence`; none where it is the only way on."""
    to: str

    @property
    def label(self) -> str:
        """The labels in one line."""
        return ", ".join(self.labels)


@dataclass(frozen=True, slots=True)
class Box:
    """A node as it is drawn."""

    name: str
    family: Family
    subtitle: str
    """Its type, and what it says first."""
    ways: tuple[Way, ...]


def boxes_of(flow: FlowFile) -> dict[str, Box]:
    """Return the boxes by name: the keys of the whole flow first, where there are some, then the nodes."""
    boxes: dict[str, Box] = {}
    if flow.keys or flow.settled:
        late = ((("settled elsewhere"), flow.settled),) if flow.settled else ()
        ways = _joined((*((key, choice.to) for key, choice in flow.keys.items()), *late))
        boxes[EVERYWHERE] = Box(EVERYWHERE, Family.ASKS, "what works everywhere", ways)
    for name, node in flow.nodes.items():
        ways = _joined((_label(node, edge), edge.to) for edge in node.edges())
        subtitle = " ".join((node.type, *node.opening()[:1]))
        boxes[name] = Box(name, _family(node), subtitle, ways)
    return boxes


def _joined(labelled: Iterable[tuple[str, str]]) -> tuple[Way, ...]:
    by_target: dict[str, list[str]] = {}
    for label, to in labelled:
        labels = by_target.setdefault(to, [])
        if label and label not in labels:
            labels.append(label)
    return tuple(Way(tuple(labels), to) for to, labels in by_target.items())


def _family(node: Node) -> Family:
    edges = node.edges()
    if isinstance(node, EffectNode) or any(edge.sets == ("result",) for edge in edges):
        return Family.ACTS
    if not edges:
        return Family.ENDS
    if isinstance(node, QuestionNode):
        return Family.ASKS
    return Family.SAYS if node.opening() else Family.DECIDES


_FIELD_WORDS: Mapping[str, str] = {"no_input": "silence", "no_match": "wrong keys", "next": "", "to": ""}


def _label(node: Node, edge: Edge) -> str:
    """Return what has to happen for a way to be taken: a key, a condition, or the field's name in words."""
    path = edge.path[:-1] if edge.path[-1] == "to" and len(edge.path) > 1 else edge.path
    field = ".".join(map(str, path))
    if isinstance(node, ChoosingNode) and (key := dict(node.key_fields()).get(field)):
        return key if path[0] == "keys" else f"{key} {field}"
    if isinstance(node, BranchNode) and path[0] == "cases":
        return _condition_words(node.cases[int(path[1])].when)
    return _FIELD_WORDS.get(field, field.replace("_", " "))


def _condition_words(condition: Condition) -> str:
    """Return a condition in a few words: `payment_method is there`."""
    for name in ("all", "any", "none"):
        if (parts := getattr(condition, name)) is not None:
            return f"{name} of: {'; '.join(_condition_words(part) for part in parts)}"
    tested = condition.variable or ""
    if condition.present is not None:
        return f"{tested} {'is there' if condition.present else 'is missing'}"
    if condition.one_of is not None:
        return f"{tested} in {', '.join(map(str, condition.one_of))}"
    signs = (("=", condition.equals), ("≥", condition.at_least), ("≤", condition.at_most))
    return f"{tested} {' '.join(f'{sign} {value}' for sign, value in signs if value is not None)}"
