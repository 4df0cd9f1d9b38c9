"""F206: a key of the whole flow that means something else at one question."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject
from ivr.flows.nodes.choosing import ChoosingNode


def _find(subject: Subject) -> Iterator[Problem]:
    keys = subject.flow.keys
    for name, node in subject.flow.nodes.items():
        if not isinstance(node, ChoosingNode):
            continue
        own = node.own_choices()
        for field, key in node.key_fields():
            if key in keys and (key not in own or own[key].to != keys[key].to):
                yield subject.problem(
                    ("nodes", name, *field.split(".")),
                    f"key {key} leads to {keys[key].to!r} at every other question",
                    "use another key here, or take it out of the flow's `keys:`",
                )


KEY_MEANS_TWO_THINGS = Check("F206", Severity.WARNING, "key means two things", _find)
