"""Close a call that came in: call, outcomes, alerts, their next attempts and outbox in one transaction."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from ivr.alerts.alert import Alert, AlertState
from ivr.calls.answered_by import AnsweredBy
from ivr.calls.call_report import CallReport
from ivr.calls.call_result import CallResult
from ivr.engine.asked_slower import times_asked_slower
from ivr.engine.by_matter import Responses, by_matter
from ivr.engine.caller import Caller
from ivr.engine.content import Contents
from ivr.engine.heed_disposition import call_back_at, moment_of, next_at
from ivr.engine.heed_responses import Said, heed_responses
from ivr.engine.let_rest import Rest, let_rest
from ivr.engine.messaging import Messaging
from ivr.engine.plan_next_attempt import end_alert
from ivr.engine.ports import CallStep, NewCall, Outcome, ToldDisposition, Transaction
from ivr.flows.on_the_line import Party
from ivr.flows.state import SessionState, dump_state
from ivr.outcomes.agent_disposition import AgentDisposition
from ivr.outcomes.deferral import deferred_to
from ivr.outcomes.derive import disposition_of, settled_by
from ivr.outcomes.disposition import Disposition
from ivr.outcomes.response import Effect, Response
from ivr.prompts.content_tier import ContentTier

RETURNED_CALL_REST = timedelta(days=1)
"""So long nobody is called about a matter that they have just called about themselves and left open."""

_SAID_NOTHING = frozenset({Disposition.NO_RESPONSE, Disposition.HUNG_UP})


@dataclass(frozen=True, slots=True)
class ReceivedCall:
    """A call that came in and is over."""

    call: NewCall
    caller: Caller
    report: CallReport
    state: SessionState | None
    """How the talk ended; None when there was none."""
    steps: tuple[CallStep, ...]


def record_received_call(
    tx: Transaction,
    contents: Contents,
    messaging: Messaging,
    targets: tuple[str, ...],
    ended: ReceivedCall,
    now: datetime,
) -> bool:
    """Write everything that the end of a call changes; False when it was written before."""
    if not tx.calls.close(ended.report):
        return False
    tx.calls.add_steps(ended.call.id, ended.steps)
    if ended.state is None:
        return True
    # Where it broke off, to the step: whoever was cut off may call again.
    tx.calls.save_checkpoint(ended.call.id, dump_state(ended.state), now)
    party = ended.state.line.acts_for
    if party is not None and (times := times_asked_slower(ended.state, ContentTier.VERIFIED)):
        tx.customers.asked_slower(party.customer_id, times)
    before, by_alert = by_matter(ended.state)
    for position, (alert_id, responses) in enumerate(by_alert.items()):
        tx.calls.add_alert(ended.call.id, alert_id, "further" if position else "primary")
        _answer(tx, contents, messaging, targets, ended, tx.alerts.get(alert_id), responses, now)
    if not by_alert:
        _heed_stranger(tx, ended, party, before, now)
    return True


def alert_to_call_about(tx: Transaction, party: Party) -> Alert | None:
    """Return the alert that a talk is about, or the customer's most urgent about which a call waits."""
    if party.alert_id is not None:
        return tx.alerts.get(party.alert_id)
    alerts = tx.alerts.open_of(party.customer_id)
    return next((alert for alert in alerts if tx.attempts.ready_of(alert.id) is not None), None)


def _answer(
    tx: Transaction,
    contents: Contents,
    messaging: Messaging,
    targets: tuple[str, ...],
    ended: ReceivedCall,
    alert: Alert,
    responses: Responses,
    now: datetime,
) -> None:
    """Keep the outcome of one matter, and end, move or put off what waits for its time about it."""
    report, meant = ended.report, [response for response, _ in responses]
    outcome_id = uuid.uuid5(uuid.NAMESPACE_OID, f"{ended.call.id}/{alert.id}").hex
    tx.outcomes.add(
        Outcome(
            id=outcome_id,
            alert_id=alert.id,
            attempt_id=None,
            customer_id=alert.customer_id,
            account_id=alert.account_id,
            medium="voice",
            disposition=_disposition(report.result, meant),
            responses=responses,
            call_result=report.result.value,
            at=report.ended_at,
            content_version=ended.call.flow_version,
            call_id=ended.call.id,
        ),
        targets,
    )
    number = ended.caller.number or ""
    said = Said(alert, outcome_id, number, report.started_at, report.ended_at, responses)
    heed_responses(tx, contents, messaging, said)
    settling = [response for response in meant if response.effect is Effect.SETTLING]
    if (told := _left_open(tx, ended.call, alert, settling)) is not None:
        _go_on(tx, alert.id, told, now)
    elif settling:
        end_alert(tx, contents, alert, AlertState.SETTLED, settled_by(settling), now)
        tx.attempts.cancel_ready(alert.id, now, "settled")
    elif (moment := deferred_to(responses)) is not None:
        call_back_at(tx, alert.id, moment)
    else:
        let_rest(tx, alert.id, now + RETURNED_CALL_REST, Rest.RETURNED_CALL, now)


def _left_open(
    tx: Transaction, call: NewCall, alert: Alert, settling: list[Response]
) -> ToldDisposition | None:
    """Return the agent's word that a matter is open which only the way to them would settle."""
    told = tx.agent_dispositions.of_call(call.id)
    if not told or set(settling) != {Response.TRANSFERRED}:
        return None
    last = told[-1]
    is_open = last.disposition.effect is not Effect.SETTLING and last.account_id in (None, alert.account_id)
    return last if is_open else None


def _go_on(tx: Transaction, alert_id: str, told: ToldDisposition, now: datetime) -> None:
    """Let what waits about a matter come when the agent says, or after the usual rest."""
    if told.disposition is AgentDisposition.CALLBACK:
        call_back_at(tx, alert_id, moment_of(told))
    else:
        let_rest(tx, alert_id, next_at(told) or now + RETURNED_CALL_REST, Rest.LEFT_OPEN, now)


def _disposition(result: CallResult, meant: list[Response]) -> Disposition:
    """Return what it means for the business: whoever it was has proved to be the right person."""
    found = disposition_of(result, AnsweredBy.HUMAN, meant)
    return Disposition.RIGHT_PARTY_CONTACT if found in _SAID_NOTHING else found


def _heed_stranger(
    tx: Transaction, ended: ReceivedCall, party: Party | None, responses: Responses, now: datetime
) -> None:
    """Call back who asked for it, and let those rest who have returned our call and know that it was us."""
    if party is None or ended.report.answered_at is None:
        return
    if (moment := deferred_to(responses)) is not None:
        if (alert := alert_to_call_about(tx, party)) is not None:
            call_back_at(tx, alert.id, moment)
    elif ended.caller.was_called and not ended.caller.is_one_too_many:
        for alert in tx.alerts.open_of(party.customer_id):
            let_rest(tx, alert.id, now + RETURNED_CALL_REST, Rest.RETURNED_CALL, now)
