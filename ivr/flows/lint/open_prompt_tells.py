"""F402: a prompt that is marked as for anyone, and tells of the account, if only to others here."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.speech_of_account import told_of_account
from ivr.flows.lint.subject import Subject
from ivr.prompts.content_tier import ContentTier


def _find(subject: Subject) -> Iterator[Problem]:
    for saying in subject.sayings():
        if subject.catalogue.tier(saying.prompt) > ContentTier.ANYONE:
            continue
        if told := told_of_account(subject, saying.prompt):
            yield subject.problem(
                saying.path,
                f"{saying.prompt!r} is for anyone and tells of {', '.join(told)}",
                "give the prompt `tier: confirmed` or above, or leave that out of it",
            )


OPEN_PROMPT_TELLS = Check("F402", Severity.WARNING, "prompt for anyone tells of the account", _find)
