"""The ways that a call takes with nobody touching a key."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ivr.flows.flow import FlowFile
from ivr.flows.node import Node
from ivr.flows.nodes.question import QuestionNode
from ivr.flows.nodes.return_ import ReturnNode
from ivr.flows.nodes.transfer import TransferNode


def unprompted_targets(flow: FlowFile, name: str) -> Iterator[str]:
    """Yield each node that the session goes to from this one with no key, any number of times."""
    node = flow.nodes[name]
    for edge in node.edges():
        if node.is_unprompted(edge):
            yield edge.to


def walked(flow: FlowFile, start: str, goes_on: Callable[[Node], bool] = lambda _: True) -> tuple[str, ...]:
    """Return the nodes that the session comes to from `start` with no key, `start` first.

    Nothing is looked for behind a node that `goes_on` denies.
    """
    found: dict[str, None] = {}
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found[name] = None
        if goes_on(flow.nodes[name]):
            waiting.extend(unprompted_targets(flow, name))
    return tuple(found)


def first_speakers(flow: FlowFile, start: str) -> tuple[str, ...]:
    """Return the nodes that can be the first to say something from `start` on, or that end without.

    A transfer counts as one: an agent speaks.
    """

    def is_mute(node: Node) -> bool:
        return not node.opening() and not isinstance(node, TransferNode)

    names = walked(flow, start, is_mute)
    return tuple(name for name in names if not is_mute(flow.nodes[name]) or ends_mutely(flow.nodes[name]))


def ends_mutely(node: Node) -> bool:
    """Say whether the call ends at a node that says nothing; a return goes on in the flow that entered."""
    return not node.opening() and not node.edges() and not isinstance(node, ReturnNode)


def first_questions(flow: FlowFile) -> tuple[str, ...]:
    """Return the questions that can be the first of a call."""
    names = walked(flow, flow.start, lambda node: not isinstance(node, QuestionNode))
    return tuple(name for name in names if isinstance(flow.nodes[name], QuestionNode))
