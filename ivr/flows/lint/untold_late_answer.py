"""F150: a key settles the matter, and nobody is told when it comes late.

Two calls at once about one matter end in one answer: whoever answers second is told so where the flow says
`settled:`. Without that they hear the good-bye alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.flow import Listener
from ivr.flows.graph import may_come_late
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject


def _find(subject: Subject) -> Iterator[Problem]:
    flow = subject.flow
    if flow.settled is not None or flow.listener is Listener.THIRD_PARTY:
        return
    for name, node in flow.nodes.items():
        if may_come_late(flow, node):
            yield subject.problem(
                ("nodes", name),
                "an answer to this settles the matter, and nobody is told where another call did so before",
                "name a node by `settled:` at the top of the flow, which tells it",
            )
            return


UNTOLD_LATE_ANSWER = Check("F150", Severity.WARNING, "late answer that is not told", _find)
