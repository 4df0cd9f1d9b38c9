"""Close a call: outcome, call, attempt, alert, next attempt and outbox in one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ivr.alerts.alert import Alert, AlertState
from ivr.attempts.attempt import Attempt, AttemptState
from ivr.calls.aftermath import Aftermath
from ivr.calls.answered_by import AnsweredBy
from ivr.calls.call_report import CallReport
from ivr.engine.content import Contents
from ivr.engine.heed_disposition import take_up_again
from ivr.engine.heed_responses import Said, heed_responses
from ivr.engine.messaging import Messaging
from ivr.engine.plan_next_attempt import end_alert, plan_next_attempt
from ivr.engine.ports import CallStep, Outcome, Transaction
from ivr.engine.put_off import put_off
from ivr.outcomes.deferral import deferred_to
from ivr.outcomes.derive import disposition_of, settled_by
from ivr.outcomes.response import Effect, Response


@dataclass(frozen=True, slots=True)
class Verdict:
    """Who answered by the sound of it, and what came of it."""

    answered_by: AnsweredBy
    aftermath: Aftermath


@dataclass(frozen=True, slots=True)
class EndedCall:
    """A call that is over, with what was meant in it."""

    attempt: Attempt
    epoch: int
    report: CallReport
    responses: tuple[tuple[Response, Mapping[str, object]], ...]
    """What was meant, with details, in order."""
    steps: tuple[CallStep, ...]
    content_version: str
    verdict: Verdict | None = None
    """What ears on the call found; None where there were none, or nothing came out."""
    message_left: bool = False
    """Whether a machine heard the message for it to its end."""
    asked_slower: int = 0
    """How often the customer asked to be spoken to more slowly."""


def record_outcome(
    tx: Transaction,
    contents: Contents,
    messaging: Messaging,
    targets: tuple[str, ...],
    ended: EndedCall,
    now: datetime,
) -> bool:
    """Write everything that the end of a call changes; False when it was written before."""
    attempt, report = ended.attempt, ended.report
    if not tx.calls.close(report):
        return False
    alert = tx.alerts.get(attempt.alert_id)
    meant = [response for response, _ in ended.responses]
    disposition = disposition_of(report.result, report.answered_by, meant, message_left=ended.message_left)
    if ended.verdict is not None:
        tx.calls.score(report.call_id, ended.verdict.answered_by, ended.verdict.aftermath)
    tx.calls.add_steps(report.call_id, ended.steps)
    tx.attempts.close(
        attempt.id, ended.epoch, AttemptState.CLOSED, report.ended_at, report.result.value, disposition.value
    )
    outcome_id = uuid.uuid5(uuid.NAMESPACE_OID, attempt.id).hex
    tx.outcomes.add(
        Outcome(
            id=outcome_id,
            alert_id=alert.id,
            attempt_id=attempt.id,
            customer_id=attempt.customer_id,
            account_id=alert.account_id,
            medium=attempt.medium.value,
            disposition=disposition,
            responses=ended.responses,
            call_result=report.result.value,
            at=report.ended_at,
            content_version=ended.content_version,
            forwarded_from=None if alert.forwarded is None else alert.forwarded.alert_id,
        ),
        targets,
    )
    said = Said(alert, outcome_id, attempt.address, report.started_at, report.ended_at, ended.responses)
    heed_responses(tx, contents, messaging, said)
    if ended.asked_slower:
        tx.customers.asked_slower(attempt.customer_id, ended.asked_slower)
    _apply_to_alert(tx, contents, alert, ended, now)
    return True


def _apply_to_alert(
    tx: Transaction, contents: Contents, alert: Alert, ended: EndedCall, now: datetime
) -> None:
    meant = [response for response, _ in ended.responses]
    if {Response.WRONG_PERSON, Response.WRONG_NUMBER} & set(meant):
        tx.customers.mark_unusable(ended.attempt.contact_point_id, now)
    settling = [response for response in meant if response.effect is Effect.SETTLING]
    if settling:
        end_alert(tx, contents, alert, AlertState.SETTLED, settled_by(settling), now)
        tx.attempts.cancel_ready(alert.id, now, "settled")
        if told := tx.agent_dispositions.of_call(ended.report.call_id):
            take_up_again(tx, contents, alert.id, told[-1], now)
        return
    asked_for = deferred_to(ended.responses)
    following = plan_next_attempt(tx, contents, alert, now, asked_for)
    is_deferred = any(response.effect is Effect.DEFERRING for response in meant)
    # Who named no moment means the one that the retry rule has.
    until = asked_for or (None if following is None else following.due_at)
    if is_deferred and until is not None:
        put_off(tx, alert.id, until)
