"""Everything about one customer that an explanation is made of, read at one moment of the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ivr.accounts.account import Account
from ivr.accounts.contact_point import ContactPoint
from ivr.accounts.customer import Customer
from ivr.accounts.hold import Hold
from ivr.accounts.suppression import Suppression
from ivr.alerts.alert import Alert
from ivr.attempts.attempt import Attempt
from ivr.attempts.eligibility.decision import Decision
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.messages.link import Link
from ivr.rules.alert_choice import AlertChoice


@dataclass(frozen=True, slots=True)
class DecisionSeen:
    """A decision as it is kept: one row from when a stage first said it until it says something else."""

    decision: Decision
    first_seen_at: datetime
    last_seen_at: datetime
    times_seen: int


@dataclass(frozen=True, slots=True)
class AttemptPast:
    """One attempt and what was decided about it."""

    attempt: Attempt
    is_third_party: bool
    """It goes to somebody to whom the customer passed the alert on."""
    released_because: str | None
    """Why it last went back to ready."""
    decisions: Sequence[DecisionSeen]
    """In the order in which they were first said."""
    now: EligibilityFacts | None
    """What the stages look at; None for one that is over."""


@dataclass(frozen=True, slots=True)
class AlertPast:
    """One alert with its attempts, by cycle and number."""

    alert: Alert
    ended_at: datetime | None
    end_reason: str | None
    attempts: Sequence[AttemptPast]


@dataclass(frozen=True, slots=True)
class WhyFacts:
    """One customer's."""

    customer: Customer
    accounts: Sequence[Account]
    contact_points: Sequence[ContactPoint]
    """By rank; none of anybody else."""
    suppressions: Sequence[Suppression]
    """Those of the customer and those of their addresses, the oldest first."""
    holds: Sequence[Hold]
    """Those that last, the oldest first."""
    choices: Mapping[str, AlertChoice]
    """By rule."""
    alerts: Sequence[AlertPast]
    """The oldest first, those about accounts that are another customer's by now among them."""
    alerts_of_others: Sequence[AlertPast]
    """Those that other customers had of this one's accounts, the oldest first and without attempts.

    An account that moves leaves its alerts behind; what it has had an alert of stays known.
    """
    links: Sequence[Link]
    """Those that still lead somewhere."""
    recent_call_times: Sequence[datetime]
    """Start of each call that we made to the customer in the last 30 days, the oldest first: for caps."""
    last_looks: Mapping[str, datetime]
    """By rule: when it last looked for accounts."""
    is_live: bool
    is_stopped: bool
    """Somebody said `ivr stop-all`."""
