"""What a target outside is told of an outcome: the contract of the outbox."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.engine.ports import Outcome

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
        "call_id": outcome.call_id,
    }


def responses_as_json(outcome: Outcome) -> list[list[object]]:
    """Return `[[response, detail], …]`."""
    return [[response.value, dict(detail)] for response, detail in outcome.responses]
