"""Which variables tell something of an account."""

from __future__ import annotations

from ivr.flows.lint.subject import Subject

ACCOUNT_NAMESPACES = ("account", "payment_method")
"""Whoever hears one of these knows that there is an account, and something about it."""


def spoken_variables(subject: Subject, prompt: str) -> frozenset[str]:
    """Return what a prompt speaks of, in any language that the flow serves."""
    languages = subject.flow.languages
    return frozenset().union(*(subject.catalogue.variables(prompt, language) for language in languages))


def told_of_account(subject: Subject, prompt: str) -> tuple[str, ...]:
    """Return what a prompt tells of the account."""
    spoken = spoken_variables(subject, prompt)
    return tuple(sorted(name for name in spoken if name.partition(".")[0] in ACCOUNT_NAMESPACES))
