"""F145: a transfer to a number that is never dialled; it would fail in every call."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject
from ivr.flows.nodes.transfer import TransferNode
from ivr.phone_number import PhoneNumber, never_dialled


def _find(subject: Subject) -> Iterator[Problem]:
    for name, node in subject.flow.nodes.items():
        if not isinstance(node, TransferNode) or node.outside is None:
            continue
        if (why := never_dialled(PhoneNumber(node.outside))) is not None:
            field = ("number",) if node.ivr is None else ("ivr", "number")
            wrong = f"{node.outside} is never dialled: {why}"
            yield subject.problem(("nodes", name, *field), wrong, "write a number that can be rung")


NUMBER_NEVER_DIALLED = Check("F145", Severity.ERROR, "transfer to a number that is never dialled", _find)
