"""The judge of the chaos run: it must see every duplicate and every loss that is planted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ivr.alerts.alert import AlertState
from ivr.attempts.attempt import AttemptState
from tests.chaos.evidence import AlertSeen, AttemptSeen, Charge, Evidence, Invite, Kill
from tests.chaos.judge import judge

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ANA, BEN = "+12025550001", "+12025550002"


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def attempt(name: str, number: str, state: AttemptState = AttemptState.CLOSED) -> AttemptSeen:
    return AttemptSeen(name, f"alert of {number}", number, state, has_outcome=state is AttemptState.CLOSED)


def alert(number: str, state: AlertState, ended: float | None) -> AlertSeen:
    return AlertSeen(f"alert of {number}", number, state, None if ended is None else after(ended))


CLEAN = Evidence(
    numbers=frozenset({ANA, BEN}),
    invites=[Invite("a1", ANA, after(0)), Invite("b1", BEN, after(1)), Invite("b2", BEN, after(20))],
    alerts=[alert(ANA, AlertState.SETTLED, 10), alert(BEN, AlertState.EXHAUSTED, 30)],
    attempts=[attempt("a1", ANA), attempt("b1", BEN), attempt("b2", BEN)],
    charges=[Charge(ANA, "a1")],
)
"""Ana paid in her first call; Ben was busy twice."""


def with_invite(*invites: Invite) -> Evidence:
    return replace(CLEAN, invites=[*CLEAN.invites, *invites])


def with_attempt(*attempts: AttemptSeen) -> Evidence:
    return replace(CLEAN, attempts=[*CLEAN.attempts, *attempts])


def test_a_clean_run_holds() -> None:
    verdict = judge(CLEAN)

    assert verdict.holds
    assert not any((verdict.duplicates, verdict.lost, verdict.unknown))


def test_a_second_invite_for_one_attempt_is_a_duplicate() -> None:
    verdict = judge(with_invite(Invite("b1", BEN, after(2))))

    assert len(verdict.duplicates) == 1
    assert "b1" in verdict.duplicates[0]
    assert not verdict.holds


def test_every_further_invite_counts() -> None:
    assert len(judge(with_invite(Invite("b1", BEN, after(2)), Invite("b1", BEN, after(3)))).duplicates) == 2


def test_an_invite_after_the_matter_was_settled_is_a_duplicate() -> None:
    evidence = with_invite(Invite("a2", ANA, after(11)))
    evidence = replace(evidence, attempts=[*evidence.attempts, attempt("a2", ANA)], charges=[])

    assert len(judge(evidence).duplicates) == 1


def test_an_invite_after_a_payment_that_our_books_missed_is_a_duplicate() -> None:
    missed = replace(
        CLEAN,
        invites=[*CLEAN.invites, Invite("a2", ANA, after(60))],
        alerts=[alert(ANA, AlertState.EXHAUSTED, 70), CLEAN.alerts[1]],
        attempts=[*CLEAN.attempts, attempt("a2", ANA)],
    )

    assert len(judge(missed).duplicates) == 1


def test_a_retry_before_the_end_is_no_duplicate() -> None:
    evidence = with_invite(Invite("a0", ANA, after(-5)))

    assert not judge(replace(evidence, attempts=[*evidence.attempts, attempt("a0", ANA)])).duplicates


@pytest.mark.parametrize(
    "state", [AttemptState.CLAIMED, AttemptState.PLACING, AttemptState.IN_PROGRESS], ids=str
)
def test_an_attempt_that_nobody_works_on_is_lost(state: AttemptState) -> None:
    assert len(judge(with_attempt(attempt("b3", BEN, state))).lost) == 1


def test_an_attempt_with_a_live_owner_or_a_due_row_is_not_lost() -> None:
    owned = replace(attempt("b3", BEN, AttemptState.PLACING), has_live_owner=True)

    assert not judge(with_attempt(owned, attempt("b4", BEN, AttemptState.READY))).lost


def test_an_open_matter_without_an_attempt_is_lost() -> None:
    forgotten = replace(CLEAN, alerts=[CLEAN.alerts[0], alert(BEN, AlertState.OPEN, None)])

    assert len(judge(forgotten).lost) == 1


def test_somebody_whom_nobody_tried_is_lost() -> None:
    assert len(judge(replace(CLEAN, numbers=CLEAN.numbers | {"+12025550003"})).lost) == 1


def test_a_closed_attempt_without_an_outcome_is_lost() -> None:
    silent = replace(CLEAN.attempts[1], has_outcome=False)

    assert len(judge(replace(CLEAN, attempts=[CLEAN.attempts[0], silent, CLEAN.attempts[2]])).lost) == 1


def test_an_unknown_is_explained_by_the_kill_that_met_it_in_placing() -> None:
    doubtful = with_attempt(attempt("b3", BEN, AttemptState.UNKNOWN))
    met = replace(doubtful, kills=[Kill("random", frozenset()), Kill("placing", frozenset({"b3"}))])

    verdict = judge(met)

    assert verdict.holds
    assert verdict.unknown == {"b3": "in placing at kill 2 (at placing); the telephone did not ring"}


def test_an_unknown_that_no_kill_explains_does_not_hold() -> None:
    doubtful = with_attempt(attempt("b3", BEN, AttemptState.UNKNOWN))

    assert not judge(replace(doubtful, kills=[Kill("random", frozenset({"b1"}))])).holds


def test_paying_twice_does_not_hold() -> None:
    verdict = judge(replace(CLEAN, charges=[Charge(ANA, "a1"), Charge(ANA, "a1")]))

    assert len(verdict.charged_twice) == 1
    assert not verdict.holds


def test_a_telephone_that_rings_for_no_known_attempt_does_not_hold() -> None:
    verdict = judge(with_invite(Invite("", BEN, after(2))))

    assert len(verdict.strangers) == 1
    assert not verdict.holds
