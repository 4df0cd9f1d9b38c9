"""F204: a question that says nothing about a wrong answer and goes nowhere after it."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject
from ivr.flows.nodes.question import QuestionNode, Unanswered


def _find(subject: Subject) -> Iterator[Problem]:
    for name, node in subject.flow.nodes.items():
        if isinstance(node, QuestionNode) and node.opening() and node.no_match == Unanswered():
            yield subject.problem(
                ("nodes", name, "no_match"),
                f"after {node.wrong_answer} the question is only said again, and then the call ends",
                "say what is wrong by `no_match: {prompt: …}`, or name where to go by `to:`",
            )


MISSING_NO_MATCH = Check("F204", Severity.WARNING, "no no-match path", _find)
