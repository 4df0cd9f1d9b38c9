"""F305: an answer that is no entry of the answers: it is heard on the telephone and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject
from ivr.flows.nodes.answers import AnswersNode


def _find(subject: Subject) -> Iterator[Problem]:
    for name, node in subject.flow.nodes.items():
        if not isinstance(node, AnswersNode):
            continue
        for key, answer in node.answers.items():
            if not subject.catalogue.is_answer(answer):
                yield subject.problem(
                    ("nodes", name, "answers", key),
                    f"{answer!r} is a prompt, and no entry of the answers, which every medium uses",
                    "write it into answers.yaml, with its question",
                )


UNKNOWN_ANSWER = Check("F305", Severity.WARNING, "answer for the telephone only", _find)
