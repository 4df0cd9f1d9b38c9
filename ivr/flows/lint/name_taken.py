"""F123: two flows of one name: whoever starts or enters it could mean either."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject


def _find(subject: Subject) -> Iterator[Problem]:
    name = subject.flow.name
    first = subject.flows.get(name)
    if first is not None and first.content.file != subject.content.file:
        yield subject.problem(
            ("name",), f"{first.content.file} is a flow named {name!r} already", "give one another name"
        )


NAME_TAKEN = Check("F123", Severity.ERROR, "two flows of one name", _find)
