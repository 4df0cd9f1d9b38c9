"""F207: an amount that is keyed and not read back: a slipped decimal point is a hundred times the sum."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.keyed_form import Form
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject
from ivr.flows.nodes.gather import GatherNode


def _find(subject: Subject) -> Iterator[Problem]:
    for name, node in subject.flow.nodes.items():
        if isinstance(node, GatherNode) and node.form is Form.AMOUNT and node.read_back is None:
            yield subject.problem(
                ("nodes", name, "form"),
                "an amount is taken that nobody has confirmed",
                "add `read_back:`, a prompt that says it and asks whether it is right",
            )


AMOUNT_NOT_READ_BACK = Check("F207", Severity.WARNING, "amount not read back", _find)
