"""What a flow can be answered is found whichever node takes it."""

from __future__ import annotations

from ivr.engine.content import Content
from ivr.flows.responses_of import responses_of
from ivr.outcomes.response import Response
from tests.unit.engine.conftest import content

__all__ = ["content"]


def test_keys_payments_promises_and_wishes_are_answers(content: Content) -> None:
    assert responses_of(content.flows["payment-overdue"]) == {
        Response.PAID,
        Response.PROMISED,
        Response.ALREADY_PAID,
        Response.DISPUTED,
        Response.OPTED_OUT,
        Response.STOP_CONTACT,
        Response.WRONG_PERSON,
    }


def test_what_is_recorded_or_arranged_is_an_answer(content: Content) -> None:
    assert {Response.PROBLEM_REPORTED, Response.RESCHEDULED, Response.WRONG_NUMBER} <= responses_of(
        content.flows["order-delayed"]
    )
    assert Response.CALL_LATER in responses_of(content.flows["call-later"])
