"""A customer's word to pay by a day, at once or in parts, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from ivr.money import Money


class PromiseState(StrEnum):
    """Where a promise stands."""

    OPEN = "open"
    """Its day has not come, or nobody has looked yet whether it was kept."""
    KEPT = "kept"
    BROKEN = "broken"
    """A part of it was not paid in time; whatever was to follow is no longer waited for."""
    SUPERSEDED = "superseded"
    """The customer promised anew."""


class PartState(StrEnum):
    """Where one part of a promise stands."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Part:
    """An amount and the day by which it is to be paid."""

    amount: Money
    due_on: date
    review_at: datetime
    """From when on it is looked whether it was paid: the end of that day and some grace."""
    state: PartState = PartState.OPEN


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise; an account has at most one that is open."""

    id: str
    account_id: str
    customer_id: str
    alert_id: str | None
    """The alert it answered; None when it answered none."""
    topic: str | None
    """Calls about this topic rest while it is open; None: about every topic."""
    outcome_id: str | None
    """The outcome it came with, which leads to the call; None for one that an agent took."""
    made_at: datetime
    was_due: Money
    """What the account was due when it was made."""
    parts: tuple[Part, ...]
    """At least one, by day."""
    state: PromiseState = PromiseState.OPEN

    @property
    def amount(self) -> Money:
        """What was promised altogether."""
        return Money(sum(part.amount.minor for part in self.parts), self.was_due.currency)

    @property
    def due_on(self) -> date:
        """The day by which all of it is to be paid."""
        return self.parts[-1].due_on

    @property
    def next_part(self) -> Part | None:
        """The first part that nobody has judged yet; None when the promise is over."""
        if self.state is not PromiseState.OPEN:
            return None
        return next((part for part in self.parts if part.state is PartState.OPEN), None)

    @property
    def broken_part(self) -> Part | None:
        """The part that broke it, if one did."""
        return next((part for part in self.parts if part.state is PartState.BROKEN), None)

    def rests(self, topic: str) -> bool:
        """Say whether calls about `topic` rest because of it."""
        return self.state is PromiseState.OPEN and self.topic in (None, topic)


def judge(promise: Promise, paid: Money, now: datetime) -> Promise:
    """Return an open promise with every part judged whose time has come; `paid` is since it was made.

    A part is kept when everything promised up to it is paid. The first that is not breaks the promise.
    """
    parts: list[Part] = []
    promised = 0
    for part in promise.parts:
        promised += part.amount.minor
        is_over = any(before.state is PartState.BROKEN for before in parts)
        if part.state is PartState.OPEN and part.review_at <= now and not is_over:
            state = PartState.KEPT if paid.minor >= promised else PartState.BROKEN
            parts.append(replace(part, state=state))
        else:
            parts.append(part)
    return replace(promise, parts=tuple(parts), state=_state_by(parts))


def _state_by(parts: Sequence[Part]) -> PromiseState:
    states = {part.state for part in parts}
    if PartState.BROKEN in states:
        return PromiseState.BROKEN
    return PromiseState.KEPT if states == {PartState.KEPT} else PromiseState.OPEN


def paid_since(promise: Promise, due_now: Money, booked: Money) -> Money:
    """Return what was paid since a promise was made, as far as the account tells.

    `booked` are the payments that came through us. What came elsewhere shows in what is due: nothing due is
    all of it paid, and less due is as much paid. New charges can hide such a payment.
    """
    if due_now.minor <= 0:
        return promise.amount
    came_down = promise.was_due.minor - due_now.minor if due_now.currency == booked.currency else 0
    return Money(max(booked.minor, came_down), booked.currency)
