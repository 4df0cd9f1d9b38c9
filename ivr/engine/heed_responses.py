"""Do what somebody meant, beyond what it does to the alert; in the transaction that records it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from ivr.accounts.hold import Hold, HoldKind
from ivr.accounts.promise import Part, Promise
from ivr.accounts.suppression import THIRD_PARTY
from ivr.alerts.alert import Alert
from ivr.engine.confirm_promise import confirm_promise
from ivr.engine.content import Contents
from ivr.engine.messaging import Messaging
from ivr.engine.opt_out import opt_out
from ivr.engine.ports import Transaction
from ivr.outcomes.promised import Promised, instalments, read_promised
from ivr.outcomes.response import Response
from ivr.rules.rule import USUAL_REST

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Said:
    """What was meant, on whatever medium, and what it is about."""

    alert: Alert
    outcome_id: str
    """The outcome that keeps it."""
    address: str
    """Where they were reached; empty for a caller who withholds it."""
    began_at: datetime
    """When the talk began: days that they named count from then."""
    ended_at: datetime
    responses: Sequence[tuple[Response, Mapping[str, object]]]
    """With details, in order."""

    def last(self, response: Response) -> Mapping[str, object] | None:
        """Return the details of the last `response`, None when it was never meant."""
        found = [details for meant, details in self.responses if meant is response]
        return found[-1] if found else None


def heed_responses(tx: Transaction, contents: Contents, messaging: Messaging, said: Said) -> None:
    """Keep a promise and confirm it, place the holds, suppress. The outcome must be there already.

    A third party, whom the customer passed the alert on to, can say for nobody but themselves.
    """
    meant = {response for response, _ in said.responses}
    if said.alert.forwarded is not None:
        if meant & {Response.OPTED_OUT, Response.STOP_CONTACT}:
            opt_out(tx, None, said.address or None, None, THIRD_PARTY, said.ended_at)
        return
    if (promised := said.last(Response.PROMISED)) is not None:
        _take_promise(tx, contents, messaging, said, _read(said, promised))
    if Response.ALREADY_PAID in meant:
        tx.holds.place(_hold(said, HoldKind.ALREADY_PAID, said.ended_at + _rest(contents, said.alert)))
    if Response.DISPUTED in meant:
        tx.holds.place(_hold(said, HoldKind.DISPUTED, None))
    if Response.STOP_CONTACT in meant:
        everything = replace(_hold(said, HoldKind.STOP_CONTACT, None), account_id=None, topic=None)
        tx.holds.place(everything)
        _suppress(tx, said, None)
    if (opted_out := said.last(Response.OPTED_OUT)) is not None:
        # The flow's node has done it on the key; the response alone means it as well.
        _suppress(tx, said, None if opted_out.get("everything") is True else said.alert.topic)


def _hold(said: Said, kind: HoldKind, until: datetime | None) -> Hold:
    """Return a hold on the alert's account and topic."""
    return Hold(
        id=uuid.uuid5(uuid.NAMESPACE_OID, f"{said.outcome_id}/{kind}").hex,
        kind=kind,
        customer_id=said.alert.customer_id,
        account_id=said.alert.account_id,
        topic=said.alert.topic,
        since=said.ended_at,
        until=until,
        source="customer",
        alert_id=said.alert.id,
        outcome_id=said.outcome_id,
    )


def _rest(contents: Contents, alert: Alert) -> timedelta:
    rule = contents.live.book.rules.get(alert.rule)
    return USUAL_REST if rule is None else rule.already_paid_rest


def _suppress(tx: Transaction, said: Said, topic: str | None) -> None:
    opt_out(tx, said.alert.customer_id, said.address or None, topic, "response", said.ended_at)


def _read(said: Said, details: Mapping[str, object]) -> Promised:
    try:
        return read_promised(details)
    except ValueError as error:
        # The flow refuses such details; whoever promised is still taken at their word.
        log.error("a promise was unclear", outcome=said.outcome_id, error=str(error))  # noqa: TRY400
        return Promised()


def _take_promise(
    tx: Transaction, contents: Contents, messaging: Messaging, said: Said, promised: Promised
) -> None:
    alert, account = said.alert, tx.customers.account(said.alert.account_id)
    if account is None or promised.amount(account.amount_due).minor <= 0:
        return
    terms, time_zone = contents.promise_terms(alert.rule), contents.live.time_zone
    today = said.began_at.astimezone(time_zone).date()
    parts = instalments(promised, account.amount_due, today, terms.most_days)
    promise = Promise(
        id=uuid.uuid5(uuid.NAMESPACE_OID, f"{said.outcome_id}/promise").hex,
        account_id=account.id,
        customer_id=alert.customer_id,
        alert_id=alert.id,
        topic=alert.topic,
        outcome_id=said.outcome_id,
        made_at=said.ended_at,  # what was paid in the same talk is no part of it
        was_due=account.amount_due,
        parts=tuple(Part(amount, day, terms.review_at(day, time_zone)) for amount, day in parts),
    )
    tx.promises.add(promise)
    confirm_promise(tx, contents.live, messaging, promise, said.ended_at)
