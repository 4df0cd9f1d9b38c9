"""F104: one key for two things in one node."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject


def _find(subject: Subject) -> Iterator[Problem]:
    for name, node in subject.flow.nodes.items():
        owners: dict[str, str] = {}
        for field, key in node.key_fields():
            if key in owners:
                yield subject.problem(
                    ("nodes", name),
                    f"key {key} is used twice, by `{owners[key]}` and `{field}`",
                    "give one of them another key",
                )
            owners.setdefault(key, field)


TWO_KEYS_ALIKE = Check("F104", Severity.ERROR, "two keys alike", _find)
