"""Do what an agent's disposition means, in the transaction that keeps it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ivr.accounts.account import Account
from ivr.accounts.hold import Hold, HoldKind
from ivr.accounts.promise import Part, Promise
from ivr.alerts.alert import Alert, AlertState
from ivr.attempts.attempt import TERMINAL, Attempt
from ivr.engine.confirm_promise import confirm_promise
from ivr.engine.content import Contents
from ivr.engine.messaging import Messaging
from ivr.engine.opt_out import opt_out
from ivr.engine.plan_next_attempt import end_alert, plan_next_attempt
from ivr.engine.ports import NewCall, ToldDisposition, Transaction
from ivr.engine.third_party_word import silence_third_party
from ivr.outcomes.agent_disposition import AgentDisposition
from ivr.outcomes.promised import instalments, read_promised
from ivr.outcomes.response import Effect, Response
from ivr.rules.promise_terms import PromiseTerms
from ivr.rules.rule import USUAL_REST

PAUSE = timedelta(days=1)
"""How long after a talk with an agent that settled nothing the customer is left in peace."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What a call with an agent was about, as far as it is known."""

    call: NewCall
    attempt: Attempt | None
    """None for a call that came in."""
    alert: Alert | None
    """Of a call that came in: the one that its talk had come to, if any."""
    customer_id: str | None
    """None when nobody knows who it was, and for a third party to whom an alert was passed on."""
    account: Account | None

    @property
    def is_third_party(self) -> bool:
        """Whether it was with somebody to whom a customer passed an alert on."""
        return self.alert is not None and self.alert.forwarded is not None


def heed_disposition(
    tx: Transaction,
    contents: Contents,
    messaging: Messaging,
    matter: Matter,
    told: ToldDisposition,
    now: datetime,
) -> None:
    """Place the hold, keep the promise and confirm it, suppress, mark the number; end the alerts, or not."""
    match told.disposition:
        case AgentDisposition.PROMISE_TO_PAY:
            _take_promise(tx, contents, messaging, matter, told, now)
        case AgentDisposition.DO_NOT_CALL if matter.is_third_party:
            silence_third_party(tx, matter.call, now)
        case AgentDisposition.DO_NOT_CALL | AgentDisposition.STOP_CONTACT:
            opt_out(tx, told.customer_id, matter.call.number or None, None, told.agent, now)
        case AgentDisposition.WRONG_NUMBER | AgentDisposition.WRONG_PERSON:
            _mark_number(tx, matter, now)
        case _:
            pass
    settled = _settled(tx, matter, told)
    if (kind := told.disposition.hold) is not None and told.customer_id is not None:
        for alert in _held(matter, told, settled):
            tx.holds.place(_hold(contents, alert, told, kind, told.customer_id, now))
    if told.disposition.effect is Effect.SETTLING:
        for alert in settled:
            end_alert(tx, contents, alert, AlertState.SETTLED, told.disposition.value, now)
            tx.attempts.cancel_ready(alert.id, now, told.disposition.value)
    elif matter.alert is not None and _is_over(tx, matter):
        take_up_again(tx, contents, matter.alert.id, told, now)


def _is_over(tx: Transaction, matter: Matter) -> bool:
    """Say whether the call's end is written, with all that it does."""
    if matter.attempt is not None:
        return matter.attempt.state in TERMINAL
    return tx.calls.is_over(matter.call.id)


def take_up_again(
    tx: Transaction, contents: Contents, alert_id: str, told: ToldDisposition, now: datetime
) -> None:
    """Let an alert go on, in a new run of its plan, that the customer's way to the agent had settled.

    Nothing happens to an alert that something else settled, in this run of its plan or a later one, nor after
    a word that settles. While the call is up it is too early: the end of the call comes here again.
    """
    if told.disposition.effect is Effect.SETTLING:
        return
    ended = tx.alerts.get(alert_id)
    if ended.state is AlertState.OPEN:
        if told.disposition is AgentDisposition.CALLBACK:
            call_back_at(tx, alert_id, moment_of(told))
        return
    if not _settled_by_transfer(tx, ended, told.call_id):
        return
    rule = contents.live.book.rules.get(ended.rule)
    alert = tx.alerts.reopen(alert_id, now + rule.expires_after) if rule else None
    if alert is None:
        return
    if told.disposition is AgentDisposition.CALLBACK:
        tx.alerts.defer(alert_id, moment_of(told))
    plan_next_attempt(tx, contents, alert, now, next_at(told))


def _settled_by_transfer(tx: Transaction, alert: Alert, call_id: str) -> bool:
    """Say whether nothing but the customer's way to the agent of this call has settled the alert."""
    if tx.alerts.end_reason(alert.id) != Response.TRANSFERRED.value:
        return False
    return tx.outcomes.last_call_about(alert.id) == call_id


def call_back_at(tx: Transaction, alert_id: str, moment: datetime) -> None:
    """Keep to the moment that was promised: it goes before an older one and before the hours they prefer."""
    tx.alerts.defer(alert_id, moment)
    tx.attempts.move_ready(alert_id, moment, earlier=True)


def moment_of(told: ToldDisposition) -> datetime:
    """Return the moment of a call-back."""
    return datetime.fromisoformat(str(told.details["moment"]))


def next_at(told: ToldDisposition) -> datetime | None:
    """Return when the alert goes on by an agent's word; None: by the rule."""
    match told.disposition:
        case AgentDisposition.CALLBACK:
            return moment_of(told)
        case AgentDisposition.UNRESOLVED:
            return told.at + PAUSE
        case _:
            return None


def _settled(tx: Transaction, matter: Matter, told: ToldDisposition) -> list[Alert]:
    """Return the open alerts that the word ends: all of the customer's, or those about the matter."""
    if matter.is_third_party and matter.alert is not None:
        return [matter.alert]
    if told.customer_id is None:
        return []
    mine = tx.alerts.open_of(told.customer_id)
    if told.disposition.is_about_all:
        return list(mine)
    if matter.alert is not None:
        return [alert for alert in mine if alert.id == matter.alert.id]
    return [alert for alert in mine if matter.account is not None and alert.account_id == matter.account.id]


def _held(matter: Matter, told: ToldDisposition, settled: Sequence[Alert]) -> Sequence[Alert | None]:
    """Return the alerts that are held, each to go on when its hold is over; None: a hold without one."""
    if told.disposition.is_about_all or matter.alert is not None:
        return [matter.alert]  # the talk may have ended it already
    return settled or [None]


def _hold(
    contents: Contents,
    alert: Alert | None,
    told: ToldDisposition,
    kind: HoldKind,
    customer_id: str,
    now: datetime,
) -> Hold:
    is_about_all = told.disposition.is_about_all
    rule = contents.live.book.rules.get(alert.rule) if alert else None
    rest = USUAL_REST if rule is None else rule.already_paid_rest
    return Hold(
        id=uuid.uuid5(uuid.NAMESPACE_OID, f"{told.id}/{kind}/{alert.id if alert else ''}").hex,
        kind=kind,
        customer_id=customer_id,
        account_id=None if is_about_all else told.account_id,
        topic=None if is_about_all or alert is None else alert.topic,
        since=now,
        until=now + rest if kind is HoldKind.ALREADY_PAID else None,
        source=told.agent,
        alert_id=None if alert is None else alert.id,
    )


def _mark_number(tx: Transaction, matter: Matter, now: datetime) -> None:
    if matter.attempt is not None:
        tx.customers.mark_unusable(matter.attempt.contact_point_id, now)
    elif matter.customer_id is not None:
        for point in tx.customers.contact_points(matter.customer_id):
            if point.address == matter.call.number:
                tx.customers.mark_unusable(point.id, now)


def _take_promise(
    tx: Transaction,
    contents: Contents,
    messaging: Messaging,
    matter: Matter,
    told: ToldDisposition,
    now: datetime,
) -> None:
    alert, account, time_zone = matter.alert, matter.account, contents.live.time_zone
    if account is None:
        return
    terms = promise_terms(contents, matter)
    today = now.astimezone(time_zone).date()
    parts = instalments(read_promised(told.details), account.amount_due, today, terms.most_days)
    promise = Promise(
        id=uuid.uuid5(uuid.NAMESPACE_OID, f"{told.id}/promise").hex,
        account_id=account.id,
        customer_id=account.customer_id,
        alert_id=None if alert is None else alert.id,
        topic=None if alert is None else alert.topic,
        outcome_id=None,
        made_at=now,
        was_due=account.amount_due,
        parts=tuple(Part(amount, day, terms.review_at(day, time_zone)) for amount, day in parts),
    )
    tx.promises.add(promise)
    confirm_promise(tx, contents.live, messaging, promise, now)


def promise_terms(contents: Contents, matter: Matter) -> PromiseTerms:
    """Return on which terms a promise about this is taken."""
    return PromiseTerms() if matter.alert is None else contents.promise_terms(matter.alert.rule)
