"""F703: the message that the compliance profile requires for voicemail is not what silence leads to."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.compliance import Place
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.required_segment import segment_problems
from ivr.flows.lint.subject import Subject
from ivr.flows.lint.ways import first_questions, first_speakers, unprompted_targets


def _find(subject: Subject) -> Iterator[Problem]:
    return segment_problems(subject, Place.VOICEMAIL, _due)


def _due(subject: Subject) -> tuple[str, ...]:
    """Return where silence at the first question leads; the question itself where it leads nowhere."""
    due: list[str] = []
    for asking in first_questions(subject.flow):
        targets = tuple(unprompted_targets(subject.flow, asking))
        due.extend(name for target in targets for name in first_speakers(subject.flow, target))
        if not targets:
            due.append(asking)
    return tuple(dict.fromkeys(due))


MISSING_VOICEMAIL_MESSAGE = Check("F703", Severity.WARNING, "voicemail message missing", _find)
