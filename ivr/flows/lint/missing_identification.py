"""F701: who calls, which the compliance profile requires at the start, is not said, or not first."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.compliance import Place
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.required_segment import segment_problems
from ivr.flows.lint.subject import Subject
from ivr.flows.lint.ways import first_speakers


def _find(subject: Subject) -> Iterator[Problem]:
    return segment_problems(subject, Place.START, _due)


def _due(subject: Subject) -> tuple[str, ...]:
    return first_speakers(subject.flow, subject.flow.start)


MISSING_IDENTIFICATION = Check("F701", Severity.WARNING, "identification missing", _find)
