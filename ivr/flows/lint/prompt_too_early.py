"""F105: a prompt that could be said before its content tier is reached: to whoever answers, or a machine."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.account_details import DETAILS_TIER
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.speech_of_account import told_of_account
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
        elif saying.tier < DETAILS_TIER and (told := told_of_account(subject, saying.prompt)):
            yield subject.problem(
                saying.path,
                f"{saying.prompt!r} tells of {', '.join(told)}, and this can be said to {whom(saying.tier)}",
                "put a verify node before it on every way, or leave that out of it",
            )


PROMPT_TOO_EARLY = Check("F105", Severity.ERROR, "account detail before verification", _find)
