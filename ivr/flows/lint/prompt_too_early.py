"""F105: a prompt that could be said before its content tier is reached: to whoever answers, or a machine."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject, whom


def _find(subject: Subject) -> Iterator[Problem]:
    known = subject.catalogue.names()
    for saying in subject.sayings():
        if saying.prompt not in known:
            continue
        needed = subject.catalogue.tier(saying.prompt)
        if needed > saying.tier:
            yield subject.problem(
                saying.path,
                f"{saying.prompt!r} is for {whom(needed)}, and this can be said to {whom(saying.tier)}",
                "put a verify node before it on every way, or say a prompt for anyone",
            )


PROMPT_TOO_EARLY = Check("F105", Severity.ERROR, "account detail before verification", _find)
