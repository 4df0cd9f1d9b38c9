"""F207: an amount that is keyed and not read back: a slipped decimal point is a hundred times the sum."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.flow import FlowFile
from ivr.flows.keyed_form import Form
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject
from ivr.flows.lint.ways import first_speakers
from ivr.flows.nodes.gather import GatherNode
from ivr.flows.nodes.pay import PayNode


def _find(subject: Subject) -> Iterator[Problem]:
    for name, node in subject.flow.nodes.items():
        if not isinstance(node, GatherNode) or node.form is not Form.AMOUNT or node.read_back is not None:
            continue
        if not _says_a_payment(subject.flow, node):
            yield subject.problem(
                ("nodes", name, "form"),
                "an amount is taken that nobody has confirmed",
                "add `read_back:`, a prompt that says it and asks whether it is right",
            )


def _says_a_payment(flow: FlowFile, node: GatherNode) -> bool:
    """Say whether a `pay` node follows, which says what would be paid and asks for a key."""
    return all(isinstance(flow.nodes[name], PayNode) for name in first_speakers(flow, node.next))


AMOUNT_NOT_READ_BACK = Check("F207", Severity.WARNING, "amount not read back", _find)
