"""What a target outside is told of an outcome: the contract of the outbox."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.calls.call_result import CallResult
from ivr.engine.ports import Outcome, ToldDisposition

VERSION = 1
"""Rises when a field changes its meaning; new fields alone don't raise it."""


def outcome_payload(outcome: Outcome) -> Mapping[str, object]:
    """Return the JSON object of an outcome: `at` in ISO 8601 with zone, responses in the order meant."""
    return {
        "version": VERSION,
        "id": outcome.id,
        "alert_id": outcome.alert_id,
        "attempt_id": outcome.attempt_id,
        "customer_id": outcome.customer_id,
        "account_id": outcome.account_id,
        "medium": outcome.medium,
        "disposition": outcome.disposition.value,
        "responses": responses_as_json(outcome),
        "call_result": outcome.call_result,
        "at": outcome.at.isoformat(),
        "content_version": outcome.content_version,
        "forwarded_from": outcome.forwarded_from,
        "call_id": outcome.call_id,
        "message_id": outcome.message_id,
        "proof": outcome.proof,
    }


def disposition_payload(told: ToldDisposition) -> Mapping[str, object]:
    """Return the JSON object of what an agent said of a call: that of an outcome, and more.

    `account_id` is null where it is about all that the customer has with us; `alert_id` and `attempt_id`,
    which is the call's id, are null for a call that answered no alert.
    """
    response = told.disposition.response
    return {
        "version": VERSION,
        "id": told.id,
        "alert_id": told.alert_id,
        "attempt_id": None if told.alert_id is None else told.call_id,
        "call_id": told.call_id,
        "customer_id": told.customer_id,
        "account_id": told.account_id,
        "medium": "voice",
        "disposition": told.disposition.value,
        "responses": [] if response is None else [[response.value, dict(told.details)]],
        # Somebody talked with an agent.
        "call_result": CallResult.ANSWERED.value,
        "at": told.at.isoformat(),
        "content_version": told.content_version,
        "agent": told.agent,
        "note": told.note,
    }


def responses_as_json(outcome: Outcome) -> list[list[object]]:
    """Return `[[response, detail], …]`."""
    return [[response.value, dict(detail)] for response, detail in outcome.responses]
