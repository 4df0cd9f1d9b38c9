"""The explanation: frozen values for people and for JSON. No reference, proof or token is among them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ivr.accounts.contact_point import Medium
from ivr.accounts.hold import HoldKind
from ivr.accounts.promise import PromiseState
from ivr.alerts.alert import AlertState
from ivr.attempts.attempt import AttemptState
from ivr.messages.link import LinkPurpose
from ivr.money import Money


@dataclass(frozen=True, slots=True)
class Missing:
    """A comparison of a rule that would have to come out otherwise."""

    field: str
    """As it is written in a rule: `account.due_on`."""
    value: str
    """What is there: `unknown` where nothing is."""
    needed: str
    """What would have to be there: `before today (2026-03-02)`."""
    is_alternative: bool
    """It is one of several of which one is enough."""
    sentence: str


@dataclass(frozen=True, slots=True)
class DecisionTold:
    """A yes or a no of a stage."""

    stage: str
    verdict: str
    """`go`, `defer` or `cancel`."""
    reason: str
    """Its name: `outside_calling_hours`."""
    sentence: str
    until: datetime | None
    first_seen_at: datetime | None = None
    """None: it was asked now, and is no row."""
    last_seen_at: datetime | None = None
    times_seen: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """What an attempt waits for."""

    reason: str
    """A stage's, or `due`, `stopped`, `retry_pause`, `plan_delay`, `put_off`, `placing`, `in_progress`."""
    sentence: str
    until: datetime | None
    """None: nobody can tell, or it waits for nothing more."""


@dataclass(frozen=True, slots=True)
class AttemptTold:
    """One try."""

    attempt_id: str
    cycle: int
    attempt_no: int
    medium: Medium
    address: str | None
    """None: somebody else's, to whom the customer passed the alert on."""
    state: AttemptState
    due_at: datetime
    result: str | None
    sentence: str
    decisions: tuple[DecisionTold, ...]
    asked_now: DecisionTold | None
    """What the stages say of it at this moment; None for one that is over or on its way."""
    waiting: Waiting | None
    """None for one that is over."""


@dataclass(frozen=True, slots=True)
class AlertTold:
    """One matter."""

    alert_id: str
    state: AlertState
    since: datetime
    expires_at: datetime
    ended_at: datetime | None
    end_reason: str | None
    deferred_until: datetime | None
    """When the customer wants to hear of it; None: they have not said."""
    is_passed_on: bool
    """It is for somebody else, to whom the customer passed it on."""
    why: str
    """What made the rule match, as it was then."""
    sentence: str
    attempts: tuple[AttemptTold, ...]


@dataclass(frozen=True, slots=True)
class RuleTold:
    """What one rule makes of one account."""

    rule: str
    title: str | None
    """None: the rule is no longer there."""
    topic: str | None
    matches: bool
    reason: str
    missing: tuple[Missing, ...]
    looks: str | None
    """How often it looks for accounts: `every 5m`."""
    last_looked_at: datetime | None
    sentence: str
    """What comes of it."""
    alerts: tuple[AlertTold, ...]


@dataclass(frozen=True, slots=True)
class PromiseTold:
    """The last promise to pay an account."""

    state: PromiseState
    amount: Money
    due_on: date
    made_at: datetime
    topic: str | None
    """Calls about it rest while the promise is open; None: about every topic."""
    judged_at: datetime | None
    """From when on it is looked whether it was kept; None: it is over."""


@dataclass(frozen=True, slots=True)
class AccountTold:
    """One account and what every rule makes of it."""

    account_id: str
    kind: str
    ending: str | None
    """The last digits of its number, never the whole."""
    status: str
    amount_due: Money
    due_on: date | None
    promise: PromiseTold | None
    rules: tuple[RuleTold, ...]


@dataclass(frozen=True, slots=True)
class MovedTold:
    """An alert of this customer about an account that is another's by now."""

    account_id: str
    rule: str
    title: str | None
    """None: the rule is no longer there."""
    alert: AlertTold


@dataclass(frozen=True, slots=True)
class ContactUse:
    """An address, and what it may be used for."""

    medium: Medium
    address: str
    may_be_used: bool
    not_about: tuple[str, ...]
    """Topics that it may not be used for, where it may be used."""
    sentence: str


@dataclass(frozen=True, slots=True)
class HoldTold:
    """A hold that lasts."""

    kind: HoldKind
    account_id: str | None
    topic: str | None
    since: datetime
    until: datetime | None
    source: str
    sentence: str


@dataclass(frozen=True, slots=True)
class OptOutTold:
    """A word that somebody or a number is not to be contacted."""

    address: str | None
    """None: the customer, on whatever address."""
    topic: str | None
    """None: about everything."""
    since: datetime
    source: str
    sentence: str


@dataclass(frozen=True, slots=True)
class LinkTold:
    """A link that still leads somewhere."""

    purpose: LinkPurpose
    account_id: str | None
    since: datetime
    until: datetime
    opened_at: datetime | None


@dataclass(frozen=True, slots=True)
class Why:
    """Why one customer is called, or is not."""

    customer_id: str
    name: str
    language: str
    time_zone: str | None
    preferred_medium: Medium | None
    preferred_hours: str | None
    at: datetime
    is_live: bool
    is_stopped: bool
    contact_points: tuple[ContactUse, ...]
    opt_outs: tuple[OptOutTold, ...]
    holds: tuple[HoldTold, ...]
    links: tuple[LinkTold, ...]
    accounts: tuple[AccountTold, ...]
    moved: tuple[MovedTold, ...]
    """Alerts about accounts that are another customer's by now: the dispatcher goes on with them here."""
    next_call_at: datetime | None
    """As things stand; None: none will come, or nobody can tell when."""
    conclusion: str
    """`The next call is …` or `No call will come because …`."""
