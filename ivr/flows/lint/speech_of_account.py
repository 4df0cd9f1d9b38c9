"""Which variables tell something of an account."""

from __future__ import annotations

from ivr.flows.account_details import tells_of_account
from ivr.flows.lint.subject import Subject


def spoken_variables(subject: Subject, prompt: str) -> frozenset[str]:
    """Return what a prompt speaks of, in any language that the flow serves."""
    languages = subject.flow.languages
    return frozenset().union(*(subject.catalogue.variables(prompt, language) for language in languages))


def told_of_account(subject: Subject, prompt: str) -> tuple[str, ...]:
    """Return what a prompt tells of the account, be it by the name of a variable of the flow's own."""
    spoken = spoken_variables(subject, prompt)
    return tuple(sorted(name for name in spoken if tells_of_account(name, subject.own_details)))
