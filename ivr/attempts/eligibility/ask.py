"""Ask the stages about an attempt by what is live: the dispatcher and `ivr why` ask in this one way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from ivr.attempts.eligibility.decision import Decision, Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.pipeline import Stage, decide
from ivr.attempts.eligibility.policy import DialPermission, Policy
from ivr.attempts.rule_book import RuleBook

_WITHDRAWN = Decision("rule", Verdict.CANCEL, "rule_withdrawn", "its rule is no longer there")


@dataclass(frozen=True, slots=True)
class Policies:
    """What is live at one moment, of which every attempt's policy is made."""

    book: RuleBook
    time_zone: tzinfo
    """The installation's: in which a day begins for rules."""
    permission: DialPermission


def ask(stages: Sequence[Stage], facts: EligibilityFacts, policies: Policies, now: datetime) -> Decision:
    """Return what stands against the attempt at a moment, else GO; no stage is asked without its rule."""
    rule = policies.book.rules.get(facts.alert.rule)
    if rule is None:
        return _WITHDRAWN
    today = now.astimezone(policies.time_zone).date()
    policy = Policy(rule, policies.book.hours_of(rule), policies.permission, today)
    return decide(stages, facts, policy, now)
