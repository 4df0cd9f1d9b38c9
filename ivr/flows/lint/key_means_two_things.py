"""F206: a key of the whole flow that means something else at one question, and misleads whoever knows it."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.flow import FlowFile
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject
from ivr.flows.nodes.choosing import ChoosingNode
from ivr.flows.nodes.question import QuestionNode


def _find(subject: Subject) -> Iterator[Problem]:
    flow = subject.flow
    for name, node in flow.nodes.items():
        if not isinstance(node, QuestionNode):
            continue
        fields = dict.fromkeys(own for moment in node.moments(flow.manners) for own in moment.own)
        for field, key in fields:
            if elsewhere := _meaning_elsewhere(flow, node, field, key):
                yield subject.problem(
                    ("nodes", name, *field.split(".")),
                    f"key {key} {elsewhere} at every other question",
                    "use another key here, or for the whole flow",
                )


def _meaning_elsewhere(flow: FlowFile, node: QuestionNode, field: str, key: str) -> str | None:
    """Return what a key does at every other question; None where it does the same here, or nothing."""
    if key == flow.manners.repeat:
        return None if field == "repeat" else "asks once more"
    slower = flow.manners.slower
    if slower is not None and key == slower.key:
        # While digits are keyed, the same key may begin them anew: that asks once more as well.
        return None if field in ("restart", "point") else "has everything said more slowly"
    own = node.own_choices() if isinstance(node, ChoosingNode) else {}
    if key not in flow.keys or (key in own and own[key].to == flow.keys[key].to):
        return None
    return f"leads to {flow.keys[key].to!r}"


KEY_MEANS_TWO_THINGS = Check("F206", Severity.WARNING, "key means two things", _find)
