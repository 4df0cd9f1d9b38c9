"""What an agent needs to know before the first hello: frozen values, made from the store in one read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from ivr.accounts.contact_point import Medium
from ivr.accounts.hold import HoldKind
from ivr.accounts.promise import PromiseState
from ivr.alerts.alert import AlertState
from ivr.flows.factor import Factor
from ivr.money import Money
from ivr.outcomes.agent_disposition import AgentDisposition
from ivr.outcomes.response import Response


@dataclass(frozen=True, slots=True)
class WhoCalls:
    """The customer."""

    customer_id: str
    name: str
    language: str
    """ISO 639-1: that of the customer's record."""
    time_zone: str | None
    segment: str | None
    preferred_medium: Medium | None
    """By what they want to be reached first; None: they have not said."""
    preferred_hours: str | None
    """When they want to be called, on their own clock: `09:00-12:30`."""
    known_by: str
    """`alert`: it is whom we called about it; `proof`: a caller has proved to be them; `number`:
    nothing but the caller's number says so, a hint and never a proof."""


@dataclass(frozen=True, slots=True)
class AccountInStory:
    """One account of the customer."""

    account_id: str
    kind: str
    ending: str | None
    """The last digits of its number, never the whole."""
    status: str
    balance: Money
    amount_due: Money
    minimum_due: Money | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class AlertInStory:
    """The matter that we called about, or that a caller was told of."""

    alert_id: str
    rule: str
    topic: str
    account_id: str
    why: str
    """In words: what made the rule match."""
    created_at: datetime
    state: AlertState


@dataclass(frozen=True, slots=True)
class HeardLine:
    """Something that was said to the customer in this call."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Meant:
    """Something that the customer meant, whatever was keyed for it."""

    response: Response
    details: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Verification:
    """How far the customer has shown who they are."""

    tier: str
    """`anyone`, `confirmed` (somebody said to be the one; no proof) or `verified`."""
    proven: tuple[Factor, ...]
    """What they proved to know, in this order."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """An earlier call or message."""

    at: datetime
    medium: str
    account_id: str | None
    disposition: str
    responses: tuple[str, ...]
    agent: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise to pay."""

    account_id: str
    amount: Money
    due_on: date
    made_at: datetime
    state: PromiseState


@dataclass(frozen=True, slots=True)
class HoldLine:
    """A hold that lasts."""

    kind: HoldKind
    account_id: str | None
    """None: everything of the customer."""
    topic: str | None
    since: datetime
    until: datetime | None
    placed_by: str


@dataclass(frozen=True, slots=True)
class ContactLine:
    """Where the customer can be reached."""

    medium: Medium
    address: str
    usable: bool
    suppressed: bool
    """Whether nobody may call or write there."""


@dataclass(frozen=True, slots=True)
class DispositionLine:
    """What an agent has said of this call already."""

    at: datetime
    agent: str
    disposition: AgentDisposition
    note: str


@dataclass(frozen=True, slots=True)
class CallStory:
    """One call, and everything about the customer that helps whoever takes it."""

    call_id: str
    """The id that it was asked for by."""
    direction: str
    """`outbound` or `inbound`."""
    number: str
    """The other party's; empty where it is withheld."""
    flow: str
    started_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    language: str | None
    """What is spoken in this call; None before the first word of it is written down."""
    verification: Verification
    customer: WhoCalls | None
    """None for a caller whom nobody knows, and where several customers share the number."""
    alert: AlertInStory | None
    accounts: tuple[AccountInStory, ...]
    heard: tuple[HeardLine, ...]
    """Up to the moment when an agent was asked for, or the end of the call."""
    meant: tuple[Meant, ...]
    promises: tuple[PromiseLine, ...]
    """Newest first."""
    holds: tuple[HoldLine, ...]
    contact_points: tuple[ContactLine, ...]
    is_suppressed: bool
    """Whether the customer wants no calls, about whatever topic."""
    history: tuple[HistoryLine, ...]
    """Newest first, the last twenty."""
    dispositions: tuple[DispositionLine, ...]
    taken_by: str | None = None
    """The agent, or the number outside, who took it last; None: nobody yet."""
    is_third_party: bool = False
    """Whether it is with somebody to whom a customer passed an alert on: nothing of that customer is told."""


class CallStories(Protocol):
    """Tells stories of calls."""

    async def story(self, story_id: str, now: datetime) -> CallStory | None:
        """Return the story of the call that those at the desk ask for by this id; None: there is none."""
        ...


def words_of(responses: object) -> tuple[str, ...]:
    """Return the responses' names of a row `[[response, details], …]`."""
    if not isinstance(responses, Sequence):
        return ()
    return tuple(str(each[0]) for each in responses)
