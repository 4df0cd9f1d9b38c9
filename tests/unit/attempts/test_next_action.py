"""After every attempt there is one answer: what next, or that nothing is left."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.attempts.attempt import Attempt, AttemptState
from ivr.attempts.ending import SETTLED
from ivr.attempts.next_action import NextAttempt, PlanDone, next_action
from ivr.attempts.retry_rule import RetryRule
from ivr.calls.call_result import CallResult
from ivr.outcomes.disposition import Disposition
from ivr.rules.contact_plan import PlanStep

NOW = datetime(2025, 1, 10, 17, tzinfo=UTC)
ENQUEUED = NOW - timedelta(hours=3)
MOBILE = ContactPoint("mobile", "C1", Medium.VOICE, "+12125550123", 1)
HOME = ContactPoint("home", "C1", Medium.VOICE, "+12125550124", 2)
EMAIL = ContactPoint("email", "C1", Medium.EMAIL, "maria@example.com", 1)
PHONES = (MOBILE, HOME)
VOICE = PlanStep(medium=Medium.VOICE, flow="payment-overdue")
LATER = PlanStep(medium=Medium.VOICE, flow="last-call", delay=timedelta(days=2))
RETRY = RetryRule.model_validate(
    {
        "name": "test",
        "title": "Test",
        "max_attempts": 4,
        "retry": {
            "busy": {"max_attempts": 2, "after": "5m"},
            "no_answer": {"max_attempts": 3, "after": "2h", "contact_point": "next"},
            "invalid_number": {"max_attempts": 4, "after": "1m", "contact_point": "next"},
            "wrong_party": {"max_attempts": 4, "after": "1m", "contact_point": "next"},
        },
        "otherwise": "never",
    }
)


def attempt(
    result: str,
    point: ContactPoint = MOBILE,
    *,
    disposition: Disposition | None = Disposition.NO_CONTACT,
    state: AttemptState = AttemptState.CLOSED,
    step: int = 0,
    no: int = 1,
) -> Attempt:
    return Attempt(
        id=f"at-{no}",
        alert_id="al-1",
        customer_id="C1",
        cycle=1,
        attempt_no=no,
        step=step,
        medium=point.medium,
        contact_point_id=point.id,
        address=point.address,
        state=state,
        due_at=ENQUEUED,
        closed_at=NOW,
        result=result,
        disposition=disposition,
    )


def after(*history: Attempt, plan: tuple[PlanStep, ...] = (VOICE,)) -> NextAttempt | PlanDone:
    return next_action(plan, RETRY, PHONES, history, NOW + timedelta(minutes=1))


def test_the_first_attempt_is_at_the_first_contact_point_of_the_medium() -> None:
    first = next_action((VOICE,), RETRY, (EMAIL, *PHONES), (), NOW)
    assert first == NextAttempt(0, MOBILE, NOW, "first")


def test_a_first_step_with_a_delay_waits() -> None:
    assert next_action((LATER,), RETRY, PHONES, (), NOW) == NextAttempt(
        0, MOBILE, NOW + timedelta(days=2), "first"
    )


def test_a_customer_who_can_not_be_reached_ends_the_plan() -> None:
    unusable = replace(MOBILE, usable=False)
    assert next_action((VOICE,), RETRY, (EMAIL, unusable), (), NOW) == PlanDone("no_contact_point")


def test_the_wait_counts_from_the_end_of_the_call_and_not_from_the_enqueue() -> None:
    assert after(attempt("busy")) == NextAttempt(0, MOBILE, NOW + timedelta(minutes=5), "retry_busy")


def test_the_next_contact_point_is_taken_in_turn() -> None:
    first = attempt("no_answer")
    second = attempt("no_answer", HOME, no=2)
    due_at = NOW + timedelta(hours=2)
    assert after(first) == NextAttempt(0, HOME, due_at, "retry_no_answer")
    assert after(first, second) == NextAttempt(0, MOBILE, due_at, "retry_no_answer")


@pytest.mark.parametrize(
    ("result", "disposition", "reason"),
    [
        ("invalid_number", Disposition.NO_CONTACT, "retry_invalid_number"),
        ("answered", Disposition.WRONG_PARTY, "retry_wrong_party"),
    ],
)
def test_a_number_that_is_not_theirs_leads_to_the_next_and_is_never_dialled_again(
    result: str, disposition: Disposition, reason: str
) -> None:
    wrong = attempt(result, disposition=disposition)
    assert after(wrong) == NextAttempt(0, HOME, NOW + timedelta(minutes=1), reason)
    no_answer_at_home = attempt("no_answer", HOME, no=2)
    again = after(wrong, no_answer_at_home)
    assert isinstance(again, NextAttempt)
    assert again.contact_point == HOME
    assert after(wrong, replace(wrong, contact_point_id=HOME.id)) == PlanDone("no_contact_point_left")


def test_an_address_that_eligibility_refused_leads_to_the_next_at_once() -> None:
    refused = attempt("address_opted_out", state=AttemptState.CANCELLED, disposition=None)
    assert after(refused) == NextAttempt(0, HOME, NOW, "next_contact_point")


def test_any_other_cancelling_ends_the_plan_with_its_reason() -> None:
    cancelled = attempt("opted_out", state=AttemptState.CANCELLED, disposition=None)
    assert after(cancelled, plan=(VOICE, LATER)) == PlanDone("opted_out")


def test_an_unknown_attempt_ends_its_step_and_nothing_is_redialled_in_it() -> None:
    unknown = attempt("owner_died", state=AttemptState.UNKNOWN, disposition=None)
    assert after(unknown) == PlanDone("unknown")


def test_a_step_that_is_done_hands_over_to_the_next_after_its_delay() -> None:
    history = (attempt("busy"), attempt("busy", no=2))
    assert after(*history, plan=(VOICE, LATER)) == NextAttempt(
        1, MOBILE, NOW + timedelta(days=2), "next_step"
    )


def test_a_new_step_counts_its_own_attempts() -> None:
    history = (attempt("busy"), attempt("busy", no=2), attempt("busy", step=1, no=3))
    assert after(*history, plan=(VOICE, LATER)) == NextAttempt(
        1, MOBILE, NOW + timedelta(minutes=5), "retry_busy"
    )


def test_the_end_of_the_last_step_is_the_end_of_the_plan_and_says_why() -> None:
    assert after(attempt("busy"), attempt("busy", no=2)) == PlanDone("max_attempts_busy")


@pytest.mark.parametrize("disposition", sorted(SETTLED))
def test_a_settled_matter_ends_the_plan(disposition: Disposition) -> None:
    assert after(attempt("answered", disposition=disposition), plan=(VOICE, LATER)) == PlanDone("settled")


ASKED_FOR = NOW + timedelta(minutes=90)


@pytest.mark.parametrize("endings", [1, RETRY.max_attempts])
def test_when_the_customer_asked_for_goes_before_the_rule_its_never_and_its_limits(endings: int) -> None:
    history = [
        attempt("answered", HOME, disposition=Disposition.CALLBACK, no=no) for no in range(1, endings + 1)
    ]
    assert after(*history) == PlanDone("never_after_callback")
    assert next_action((VOICE,), RETRY, PHONES, history, NOW, ASKED_FOR) == NextAttempt(
        0, HOME, ASKED_FOR, "as_asked"
    )


def test_it_goes_before_once_and_the_rule_holds_again_for_what_follows() -> None:
    history = (attempt("answered", disposition=Disposition.CALLBACK), attempt("busy", no=2))
    assert after(*history) == NextAttempt(0, MOBILE, NOW + timedelta(minutes=5), "retry_busy")


def test_a_moment_that_has_gone_by_is_now() -> None:
    history = (attempt("answered", disposition=Disposition.CALLBACK),)
    action = next_action((VOICE,), RETRY, PHONES, history, NOW, NOW - timedelta(minutes=5))
    assert action == NextAttempt(0, MOBILE, NOW, "as_asked")


def test_a_number_that_can_not_be_used_any_more_gives_way_to_the_next() -> None:
    history = (attempt("answered", disposition=Disposition.CALLBACK),)
    gone = (replace(MOBILE, usable=False), HOME)
    assert next_action((VOICE,), RETRY, gone, history, NOW, ASKED_FOR) == NextAttempt(
        0, HOME, ASKED_FOR, "as_asked"
    )
    nobody = tuple(replace(point, usable=False) for point in gone)
    assert next_action((VOICE,), RETRY, nobody, history, NOW, ASKED_FOR) == PlanDone("no_contact_point_left")


def test_another_step_begins_no_sooner_than_the_customer_asked_for() -> None:
    history = (attempt("answered", disposition=Disposition.CALLBACK),)
    gone = (replace(MOBILE, usable=False), EMAIL)
    plan = (VOICE, PlanStep.model_construct(medium=Medium.EMAIL, flow="letter", delay=timedelta(minutes=1)))
    action = next_action(plan, RETRY, gone, history, NOW, ASKED_FOR)
    assert action == NextAttempt(1, EMAIL, ASKED_FOR + timedelta(minutes=1), "next_step")


LETTER = PlanStep.model_construct(medium=Medium.EMAIL, flow="letter", delay=timedelta(0))


@pytest.mark.parametrize(
    ("preferred", "points", "step"),
    [
        (None, (MOBILE, EMAIL), 0),
        (Medium.VOICE, (MOBILE, EMAIL), 0),
        (Medium.EMAIL, (MOBILE, EMAIL), 1),
        (Medium.EMAIL, PHONES, 0),
        (Medium.SMS, (MOBILE, EMAIL), 0),
    ],
)
def test_the_plan_begins_with_the_medium_that_the_customer_prefers_where_that_reaches_them(
    preferred: Medium | None, points: tuple[ContactPoint, ...], step: int
) -> None:
    action = next_action((VOICE, LETTER), RETRY, points, (), NOW, preferred=preferred)
    assert isinstance(action, NextAttempt)
    assert action.step == step


def test_a_settled_matter_is_settled_whatever_was_asked_for() -> None:
    history = (attempt("answered", disposition=Disposition.PAYMENT),)
    assert next_action((VOICE,), RETRY, PHONES, history, NOW, ASKED_FOR) == PlanDone("settled")


def test_asking_too_early_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="at-1 are not over yet"):
        after(attempt("busy", state=AttemptState.PLACING))


endings = st.one_of(
    st.tuples(st.sampled_from([r for r in CallResult if r is not CallResult.ANSWERED]), st.none()),
    st.tuples(st.just(CallResult.ANSWERED), st.sampled_from([d for d in Disposition if d not in SETTLED])),
)


@given(st.lists(endings, min_size=9, max_size=9))
def test_every_plan_comes_to_an_end_and_no_dead_number_is_rung_twice(
    results: list[tuple[CallResult, Disposition | None]],
) -> None:
    plan = (VOICE, LATER)
    history: list[Attempt] = []
    dead: set[str] = set()
    for no, (result, disposition) in enumerate(results, start=1):
        action = next_action(plan, RETRY, PHONES, history, NOW)
        if isinstance(action, PlanDone):
            return
        assert action.contact_point.id not in dead
        history.append(
            attempt(result, action.contact_point, disposition=disposition, step=action.step, no=no)
        )
        if result is CallResult.INVALID_NUMBER or disposition is Disposition.WRONG_PARTY:
            dead.add(action.contact_point.id)
    assert isinstance(next_action(plan, RETRY, PHONES, history, NOW), PlanDone)
