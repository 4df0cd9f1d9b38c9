"""Keep what somebody answers on the page behind a link, and do what it means, in one transaction.

It ends, moves or leaves the matter as a key does that is pressed in a call.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ivr.alerts.alert import Alert, AlertState
from ivr.attempts.attempt import TERMINAL
from ivr.calls.answered_by import AnsweredBy
from ivr.calls.call_result import CallResult
from ivr.engine.content import Contents
from ivr.engine.heed_disposition import call_back_at
from ivr.engine.heed_responses import Said, heed_responses
from ivr.engine.open_link import OVER
from ivr.engine.plan_next_attempt import end_alert
from ivr.engine.ports import Outcome, Transaction
from ivr.engine.world import World
from ivr.flows.factor import Factor
from ivr.messages.message import Message
from ivr.outcomes.deferral import deferred_to
from ivr.outcomes.derive import disposition_of
from ivr.outcomes.response import Effect, Response

MEDIUM = "web"

_ALWAYS = frozenset(
    {
        Response.PAID,  # the money has moved
        Response.WRONG_PERSON,
        Response.OPTED_OUT,
        Response.STOP_CONTACT,
    }
)
"""Kept and heeded whatever became of the matter meanwhile."""


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """What somebody meant on a page."""

    id: str
    """One a page and answer: the same again changes nothing."""
    message: Message
    """The one whose link led to the page."""
    alert_id: str
    response: Response
    words: str
    """The version of the wording that it was answered to."""
    began_at: datetime
    """When the page was shown."""
    proof: Factor | None = None
    """What whoever answered had proved to know."""
    details: Mapping[str, object] = field(default_factory=dict)


def answer_link(tx: Transaction, world: World, contents: Contents, answer: LinkAnswer, now: datetime) -> bool:
    """Keep an answer; False, and nothing is changed, when the matter was settled before.

    So it was by the same page, too, if that said something else.
    """
    outcome_id = uuid.uuid5(uuid.NAMESPACE_OID, f"page/{answer.id}").hex
    alert, response = tx.alerts.lock(answer.alert_id), answer.response
    if (kept := tx.outcomes.said(outcome_id)) is not None:
        return list(kept) == [(response, answer.details)]
    if response not in _ALWAYS and _comes_too_late(tx, alert, response):
        return False
    if response.effect is Effect.SETTLING and not _is_to_be_called(tx, alert, response):
        if not end_alert(tx, contents, alert, AlertState.SETTLED, response.value, now):
            tx.alerts.settle_late(alert.id, response.value, now)
        tx.attempts.cancel_ready(alert.id, now, "settled")
    tx.outcomes.add(_outcome(answer, alert, outcome_id, now), tuple(world.targets))
    meant = ((response, answer.details),)
    for address in _addresses(tx, answer, alert):
        said = Said(alert, outcome_id, address, answer.began_at, now, meant)
        heed_responses(tx, contents, world.messaging, said)
    if response is Response.WRONG_PERSON and answer.message.contact_point_id is not None:
        tx.customers.mark_unusable(answer.message.contact_point_id, now)
    if (moment := deferred_to(meant)) is not None:
        call_back_at(tx, alert.id, moment)
    return True


def _comes_too_late(tx: Transaction, alert: Alert, response: Response) -> bool:
    """Say whether somebody else settled it before, or is about to in a call that is up."""
    if alert.forwarded is not None:
        return False  # who was given it says for nobody but themselves
    return alert.state in OVER or (response.settles_once and tx.alerts.is_being_settled(alert.id))


def _is_to_be_called(tx: Transaction, alert: Alert, response: Response) -> bool:
    """Say whether somebody only reads what they want to be called about: the call is to come all the same."""
    if alert.forwarded is None or response is not Response.CONFIRMED:
        return False
    return any(each.state not in TERMINAL for each in tx.attempts.history(alert.id, alert.cycle))


def _addresses(tx: Transaction, answer: LinkAnswer, alert: Alert) -> Collection[str]:
    """Return where whoever answered is reached.

    A third party is where the call goes that they asked for, and where a text of ours led to the page; a link
    that the customer gave them was written to the customer.
    """
    if alert.forwarded is None:
        return (answer.message.address,)
    point_id = alert.forwarded.contact_point_id
    called = () if point_id is None else (tx.customers.contact_point(point_id).address,)
    written = (answer.message.address,) if answer.message.customer_id is None else ()
    return {*called, *written}


def _outcome(answer: LinkAnswer, alert: Alert, outcome_id: str, now: datetime) -> Outcome:
    return Outcome(
        id=outcome_id,
        alert_id=alert.id,
        attempt_id=None,
        customer_id=alert.customer_id,
        account_id=alert.account_id,
        medium=MEDIUM,
        disposition=disposition_of(CallResult.ANSWERED, AnsweredBy.HUMAN, [answer.response]),
        responses=((answer.response, answer.details),),
        call_result=CallResult.ANSWERED.value,
        at=now,
        content_version=answer.words,
        forwarded_from=None if alert.forwarded is None else alert.forwarded.alert_id,
        message_id=answer.message.id,
        proof=None if answer.proof is None else answer.proof.value,
    )
