"""F205: a flow that calls people and leaves them no key to be called no more."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject
from ivr.flows.manners import Direction
from ivr.flows.nodes.opt_out import OptOutNode
from ivr.flows.nodes.return_ import ReturnNode


def _find(subject: Subject) -> Iterator[Problem]:
    flow = subject.flow
    # A flow that returns is entered by another, which is where people opt out.
    can_opt_out = any(isinstance(node, OptOutNode | ReturnNode) for node in flow.nodes.values())
    if flow.direction is Direction.OUTBOUND and not can_opt_out:
        yield subject.problem(
            ("nodes",),
            "nobody can opt out",
            "add an `opt_out` node and a key for it, as `keys: {9: opt-out}`",
        )


NO_OPT_OUT = Check("F205", Severity.WARNING, "no way to opt out", _find)
