"""F203: a question that says nothing about silence and goes nowhere after it."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject
from ivr.flows.nodes.question import QuestionNode, Unanswered


def _find(subject: Subject) -> Iterator[Problem]:
    for name, node in subject.flow.nodes.items():
        if not isinstance(node, QuestionNode) or node.takes_silence or not node.opening():
            continue
        if node.no_input == Unanswered():
            yield subject.problem(
                ("nodes", name, "no_input"),
                "after silence the question is only said again, and then the call ends",
                "say what is wrong by `no_input: {prompt: …}`, or name where to go by `to:`",
            )


MISSING_NO_INPUT = Check("F203", Severity.WARNING, "no no-input path", _find)
