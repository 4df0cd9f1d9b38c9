"""F705: the compliance profile wants more certainty of who listens before the account is spoken of."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.speech_of_account import told_of_account
from ivr.flows.lint.subject import Subject, whom


def _find(subject: Subject) -> Iterator[Problem]:
    profile = subject.profile
    if profile is None or profile.details_need is None:
        return
    needed = profile.details_need
    for saying in subject.sayings():
        told = told_of_account(subject, saying.prompt)
        if told and saying.tier < needed.tier:
            yield subject.problem(
                saying.path,
                f"{saying.prompt!r} tells {whom(saying.tier)} of {', '.join(told)} ({needed.section})",
                f"say it to {whom(needed.tier)} only: ask for something that only the customer knows before",
            )


UNPROVEN_DETAILS = Check("F705", Severity.WARNING, "account details without proof", _find)
