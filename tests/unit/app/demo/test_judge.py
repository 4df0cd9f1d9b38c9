"""The judge agrees with a store that tells the truth, and catches each way in which one can lie."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from ivr.alerts.alert import AlertState
from ivr.app.demo.case import Stored
from ivr.attempts.attempt import AttemptState
from ivr.calls.call_result import CallResult
from ivr.engine.read_models import AccountDue
from ivr.gateways.sandbox import HOSTED, Charge
from ivr.money import Money
from ivr.outcomes.disposition import Disposition
from tests.unit.app.demo.truth import (
    AGENT,
    DUE,
    NOTHING_DUE,
    NUMBER,
    OTHER,
    Truth,
    alert,
    attempt,
    call,
    customer,
    hung_up,
    line,
    never_called,
    opted_out,
    paid,
)

Lie = Callable[[Stored], Stored]


@pytest.mark.parametrize("truth", [paid(), opted_out(), hung_up(), never_called()])
def test_a_store_that_tells_the_truth_is_confirmed(truth: Truth) -> None:
    judgement = truth.judged()
    assert judgement.is_clean, judgement
    assert (judgement.mismatches, judgement.duplicates, judgement.lost) == (0, 0, 0)


def of_last_attempt(**changes: object) -> Lie:
    def lie(stored: Stored) -> Stored:
        *others, last = stored.attempts
        return replace(stored, attempts=(*others, replace(last, **changes)))  # type: ignore[arg-type]

    return lie


def of_customer(**changes: object) -> Lie:
    return lambda stored: replace(
        stored,
        customers=tuple(replace(line, **changes) for line in stored.customers),  # type: ignore[arg-type]
    )


def of_alert(state: AlertState) -> Lie:
    return lambda stored: replace(stored, alerts=tuple(replace(each, state=state) for each in stored.alerts))


STATES = [state for state in AttemptState if state is not AttemptState.CLOSED]
RESULTS = [result.value for result in CallResult if result is not CallResult.ANSWERED]
OTHER_DISPOSITIONS = [each for each in Disposition if each is not Disposition.PAYMENT]


@pytest.mark.parametrize(
    "lie",
    [
        *(of_last_attempt(state=state) for state in STATES),
        *(of_last_attempt(result=result) for result in RESULTS),
        *(of_last_attempt(disposition=disposition) for disposition in (None, *OTHER_DISPOSITIONS)),
        of_last_attempt(attempt_id="another"),
        of_last_attempt(customer_id="D02"),
        of_last_attempt(address=NUMBER),
        of_customer(attempts_made=1),
        of_customer(attempts_made=3),
        of_customer(accounts=(AccountDue("A01", DUE),)),
        of_customer(accounts=(AccountDue("A01", Money(-4250, "USD")),)),
        of_customer(is_suppressed=True),
        of_customer(customer_id="D02"),
        *(of_alert(state) for state in AlertState if state is not AlertState.SETTLED),
        lambda stored: replace(stored, alerts=()),
        lambda stored: replace(stored, attempts=stored.attempts[:1]),
        lambda stored: replace(stored, attempts=()),
        lambda stored: replace(stored, customers=()),
    ],
)
def test_no_lie_about_a_payment_is_believed(lie: Lie) -> None:
    truth = paid()
    assert not replace(truth, stored=lie(truth.stored)).judged().is_clean


@pytest.mark.parametrize("lie", [of_customer(is_suppressed=False), of_alert(AlertState.EXHAUSTED)])
def test_a_forgotten_opt_out_is_noticed(lie: Lie) -> None:
    truth = opted_out()
    assert not replace(truth, stored=lie(truth.stored)).judged().is_clean


def test_a_settlement_that_nobody_made_is_noticed() -> None:
    truth = hung_up()
    made_up = of_alert(AlertState.SETTLED)(truth.stored)
    assert replace(truth, stored=made_up).judged().mismatches == 1


def test_a_call_that_the_store_made_up_is_noticed() -> None:
    truth = paid()
    seen = replace(truth.seen, calls={OTHER: truth.seen.calls[OTHER]})
    assert replace(truth, seen=seen).judged().mismatches


@pytest.mark.parametrize("state", [AttemptState.READY, AttemptState.PLACING, AttemptState.UNKNOWN])
def test_an_attempt_without_a_known_end_is_lost(state: AttemptState) -> None:
    truth = hung_up()
    assert replace(truth, stored=of_last_attempt(state=state)(truth.stored)).judged().lost == 1


def test_a_matter_that_was_never_made_an_alert_is_lost() -> None:
    truth = replace(hung_up(), stored=Stored())
    assert truth.judged().lost == 1


def test_nothing_is_lost_where_nothing_was_due() -> None:
    truth = hung_up()
    nobody = Truth(replace(truth.seen, calls={}), Stored(), customer(NUMBER, due=NOTHING_DUE))
    assert nobody.judged().lost == 0


def test_two_invites_for_one_attempt_are_a_duplicate() -> None:
    truth = paid()
    again = {**truth.seen.calls, NUMBER: (call("t1", refused="486"), call("t1", refused="486"))}
    assert replace(truth, seen=replace(truth.seen, calls=again)).judged().duplicates == 1


def test_a_call_after_the_matter_was_settled_is_a_duplicate() -> None:
    truth = opted_out()
    late = attempt(2, CallResult.ANSWERED, Disposition.NO_RESPONSE)
    calls = {NUMBER: (*truth.seen.calls[NUMBER], call("t2", minute=5))}
    stored = replace(
        truth.stored,
        attempts=(*truth.stored.attempts, late),
        customers=tuple(replace(line, attempts_made=2) for line in truth.stored.customers),
    )
    judgement = Truth(replace(truth.seen, calls=calls), stored, truth.record).judged()
    assert (judgement.duplicates, judgement.mismatches) == (1, 0)


def test_whom_nobody_may_call_is_not_called() -> None:
    truth = hung_up()
    asked_before = replace(truth.seen, opted_out_before={"D01"})
    (verdict,) = replace(truth, seen=asked_before).judged().verdicts
    assert "nobody may call them, and 1 calls rang" in verdict.mismatches
    nothing_due = replace(truth, record=customer(NUMBER, due=NOTHING_DUE))
    assert not nothing_due.judged().is_clean
    premium = replace(truth, record=customer("+19005550160"))
    calls = {"+19005550160": truth.seen.calls[NUMBER]}
    assert not replace(premium, seen=replace(truth.seen, calls=calls)).judged().is_clean


@pytest.mark.parametrize("times", [0, 2])
def test_the_provider_charges_once_for_a_key_that_agreed(times: int) -> None:
    truth = paid()
    charges = tuple(Charge(f"i{n}", "m1", DUE, f"sandbox_{n}") for n in range(times))
    assert not replace(truth, seen=replace(truth.seen, charges=charges)).judged().is_clean


def test_a_charge_to_nobodys_card_is_noticed() -> None:
    truth = paid()
    charges = (*truth.seen.charges, Charge("i9", "stranger", DUE, "sandbox_9"))
    assert replace(truth, seen=replace(truth.seen, charges=charges)).judged().general


def test_what_a_customer_pays_on_the_providers_page_is_theirs() -> None:
    """Nobody pressed a key for it; what is due fell by it, and the matter is settled."""
    truth = hung_up()
    [told] = truth.stored.attempts
    paid_there = Stored(
        (line(told, due=NOTHING_DUE),), (told,), (alert(AlertState.SETTLED),), payers={"i1": "D01"}
    )
    seen = replace(truth.seen, charges=(Charge("i1", HOSTED, DUE, "sandbox_1"),))
    assert replace(truth, seen=seen, stored=paid_there).judged().is_clean
    unbooked = replace(truth, seen=seen, stored=replace(truth.stored, payers={"i1": "D01"}))
    assert not unbooked.judged().is_clean
    assert replace(truth, seen=seen, stored=replace(paid_there, payers={})).judged().general


def test_a_number_after_one_that_is_no_use_is_tried() -> None:
    truth = hung_up()
    attempts = (attempt(1, CallResult.INVALID_NUMBER, Disposition.NO_CONTACT),)
    seen = replace(truth.seen, calls={NUMBER: (call("t1", refused="404"),)})
    stored = replace(truth.stored, attempts=attempts)
    assert Truth(seen, stored, customer(NUMBER)).judged().is_clean
    (verdict,) = Truth(seen, stored, customer(NUMBER, OTHER)).judged().verdicts
    assert verdict.mismatches == (f"{OTHER} was never tried",)


def test_a_person_who_had_trouble_is_no_witness() -> None:
    truth = hung_up()
    failed = replace(truth.seen.calls[NUMBER][0], failures=("no such sound",))
    assert not replace(truth, seen=replace(truth.seen, calls={NUMBER: (failed,)})).judged().is_clean


def test_agents_talk_with_those_who_asked_for_one_and_nobody_else() -> None:
    truth = hung_up()
    talked = {**truth.seen.calls, AGENT: (call("", ended_by="person"),)}
    seen = replace(truth.seen, calls=talked, agents={AGENT})
    assert replace(truth, seen=seen).judged().general == (
        "0 customers asked for an agent, the agents had 1 talks",
    )


def test_a_number_that_is_nobodys_must_not_ring() -> None:
    truth = hung_up()
    calls = {**truth.seen.calls, "+12025550199": (call("t9"),)}
    assert replace(truth, seen=replace(truth.seen, calls=calls)).judged().general
