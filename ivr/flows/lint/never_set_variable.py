"""F111: a prompt speaks of a variable that nothing sets before it is said: the call would break off there.

A flow that another one enters, or is made to be entered, may be brought it: that is judged there (F803).
"""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.flow import FlowFile
from ivr.flows.lint.entering import is_entered
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.lacking import own_lacks
from ivr.flows.lint.subject import Subject
from ivr.flows.nodes.return_ import ReturnNode
from ivr.prompts.content_tier import ContentTier


def _find(subject: Subject) -> Iterator[Problem]:
    may_be_brought = _SET_BY_FLOWS if is_entered(subject) or _can_be_entered(subject.flow) else ()
    for lack in own_lacks(subject):
        reading = lack.reading
        if reading.prompt is None or lack.is_set_on_some_way:
            continue
        if reading.variable.partition(".")[0] not in may_be_brought:
            yield subject.problem(
                reading.path,
                f"{reading.prompt!r} speaks of {reading.variable!r}, which nothing has set by then",
                "set it before, or use one of the variables that every call has",
            )


def _can_be_entered(flow: FlowFile) -> bool:
    returns = any(isinstance(node, ReturnNode) for node in flow.nodes.values())
    return returns or flow.entered_at > ContentTier.ANYONE


_SET_BY_FLOWS = ("gathered", "own", "result")

NEVER_SET_VARIABLE = Check("F111", Severity.ERROR, "variable that is never set", _find)
