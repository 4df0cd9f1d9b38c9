"""F104: one key for two things in one node."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject
from ivr.flows.nodes.question import Moment, QuestionNode


def _find(subject: Subject) -> Iterator[Problem]:
    flow = subject.flow
    if flow.manners.repeat in flow.keys:
        yield subject.problem(
            ("manners", "repeat"),
            f"key {flow.manners.repeat} is used twice, by `keys` and `manners.repeat`",
            "give one of them another key",
        )
    slower = flow.manners.slower
    if slower is not None and slower.key in flow.keys:
        yield subject.problem(
            ("manners", "slower", "key"),
            f"key {slower.key} is used twice, by `keys` and `manners.slower`",
            "give one of them another key",
        )
    for name, node in flow.nodes.items():
        if not isinstance(node, QuestionNode):
            continue
        for moment in node.moments(flow.manners):
            for key, first, second in _alike(moment):
                yield subject.problem(
                    ("nodes", name),
                    f"key {key} is used twice, by `{first}` and `{second}`",
                    "give one of them another key",
                )


def _alike(moment: Moment) -> Iterator[tuple[str, str, str]]:
    """Yield each key that has two meanings at the same time, with the fields that name it."""
    owners: dict[str, str] = {}
    for field, key in moment.own:
        if key in owners:
            yield key, owners[key], field
        owners.setdefault(key, field)


TWO_KEYS_ALIKE = Check("F104", Severity.ERROR, "two keys alike", _find)
