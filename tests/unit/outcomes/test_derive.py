"""Whatever happened on a call has one word for the business."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.calls.answered_by import AnsweredBy
from ivr.calls.call_result import CallResult
from ivr.outcomes.derive import disposition_of
from ivr.outcomes.disposition import Disposition
from ivr.outcomes.response import Effect, Response

ANSWERED, HUMAN = CallResult.ANSWERED, AnsweredBy.HUMAN


@pytest.mark.parametrize(
    ("responses", "expected"),
    [
        ([Response.PAID], Disposition.PAYMENT),
        ([Response.REPEATED, Response.NO_MATCH, Response.PAID, Response.HUNG_UP], Disposition.PAYMENT),
        ([Response.PAID, Response.OPTED_OUT], Disposition.DO_NOT_CALL),
        ([Response.PROMISED], Disposition.PROMISE_TO_PAY),
        ([Response.TRANSFERRED], Disposition.AGENT_HANDLED),
        ([Response.WRONG_PERSON], Disposition.WRONG_PARTY),
        ([Response.CALL_LATER], Disposition.CALLBACK),
        ([Response.DISPUTED], Disposition.REFUSED),
        ([Response.ALREADY_PAID], Disposition.RIGHT_PARTY_CONTACT),
        ([Response.PAYMENT_DECLINED, Response.HUNG_UP], Disposition.RIGHT_PARTY_CONTACT),
        ([Response.NO_INPUT, Response.NO_INPUT], Disposition.NO_RESPONSE),
        ([Response.HUNG_UP], Disposition.HUNG_UP),
        ([], Disposition.NO_RESPONSE),
    ],
)
def test_a_person_meant_what_they_pressed(responses: list[Response], expected: Disposition) -> None:
    assert disposition_of(ANSWERED, HUMAN, responses) is expected


@pytest.mark.parametrize("result", [result for result in CallResult if result is not ANSWERED])
def test_a_call_without_an_answer_is_no_contact(result: CallResult) -> None:
    assert disposition_of(result, AnsweredBy.UNKNOWN, []) is Disposition.NO_CONTACT


def test_a_machine_is_no_person_who_said_nothing() -> None:
    assert disposition_of(ANSWERED, AnsweredBy.MACHINE, [Response.HUNG_UP]) is Disposition.NO_CONTACT
    left = disposition_of(ANSWERED, AnsweredBy.MACHINE, [Response.NO_INPUT], message_left=True)
    assert left is Disposition.MESSAGE_LEFT


def test_a_key_outweighs_a_wrong_verdict_on_who_answered() -> None:
    assert disposition_of(ANSWERED, AnsweredBy.MACHINE, [Response.PAID]) is Disposition.PAYMENT


@given(st.sampled_from(AnsweredBy), st.lists(st.sampled_from(Response)))
def test_who_said_something_that_settles_was_reached(
    answered_by: AnsweredBy, responses: list[Response]
) -> None:
    disposition = disposition_of(ANSWERED, answered_by, responses)
    if any(response.effect is Effect.SETTLING for response in responses):
        assert disposition not in {
            Disposition.NO_CONTACT,
            Disposition.NO_RESPONSE,
            Disposition.HUNG_UP,
            Disposition.MESSAGE_LEFT,
            Disposition.CALLBACK,
        }


@given(st.sampled_from(AnsweredBy), st.permutations(list(Response)))
def test_a_word_to_stop_is_never_lost(answered_by: AnsweredBy, responses: list[Response]) -> None:
    assert disposition_of(ANSWERED, answered_by, responses) is Disposition.DO_NOT_CALL
