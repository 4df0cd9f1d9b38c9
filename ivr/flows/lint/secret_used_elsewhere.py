"""F403: a secret's value used outside its step: it never leaves memory, so that nothing would be there."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.reading import Reading, readings, secrets
from ivr.flows.lint.subject import Subject


def _find(subject: Subject) -> Iterator[Problem]:
    kept = secrets(subject.flow)
    for reading in readings(subject):
        if reading.variable in kept:
            yield subject.problem(
                reading.path,
                f"{_who(reading)} {reading.variable!r}, a secret of the node {kept[reading.variable]!r}",
                "leave it out: secrets are compared in their own step and shown to nobody",
            )


def _who(reading: Reading) -> str:
    return "this asks for" if reading.prompt is None else f"{reading.prompt!r} speaks of"


SECRET_USED_ELSEWHERE = Check("F403", Severity.WARNING, "secret used outside its step", _find)
