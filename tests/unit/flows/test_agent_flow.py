"""The shipped flow `agent`: what is offered follows from who is free, and whom the call is with."""

from __future__ import annotations

import pytest

from ivr.flows.variables import Variables
from tests.unit.flows.rehearsal import MARIA, Rehearsal, rehearse
from tests.unit.flows.test_payment_overdue import CATALOGUE, ENTERED

CALLED: Variables = {**MARIA, "call": {"direction": "outbound", "number": "+12025550123"}}
CALLER: Variables = {**MARIA, "alert": None, "call": {"direction": "inbound", "number": "+12025550123"}}


def wants_an_agent(variables: Variables = CALLED) -> Rehearsal:
    agent, *others = ENTERED
    return rehearse(agent, CATALOGUE, variables, others=tuple(others)).learns("open")


def looks(call: Rehearsal, free: int, wait: int | None) -> Rehearsal:
    return call.learns("known", free_agents=free, callers_waiting=1, expected_wait=wait).listens()


@pytest.mark.parametrize(
    ("variables", "queue", "priority"), [(CALLED, "collections", 100), (CALLER, "front-desk", 0)]
)
def test_whom_we_called_goes_ahead_into_a_queue_of_their_own(
    variables: Variables, queue: str, priority: int
) -> None:
    effect = looks(wants_an_agent(variables), 1, 0).turn.state.effect
    assert effect is not None
    assert (effect.kind, effect.queue, effect.priority) == ("transfer", queue, priority)  # type: ignore[union-attr]


def test_the_wait_is_said_where_it_is_known_and_nobody_has_to_wait() -> None:
    call = looks(wants_an_agent(), 0, 240)
    assert call.heard[-1] == "agent-wait-or-call-back"
    assert call.presses("1").listens().transcript[-1] == "transfer to collections"


def test_instead_of_waiting_one_is_called_back() -> None:
    call = looks(wants_an_agent(), 0, 240).presses("2").listens()
    assert call.heard[-1] == "agent-ask-time"


@pytest.mark.parametrize("wait", [None, 901], ids=["not known", "too long"])
def test_a_wait_that_is_not_known_or_too_long_is_not_offered(wait: int | None) -> None:
    assert looks(wants_an_agent(), 0, wait).listens().heard[-2:] == [
        "agent-all-busy",
        "agent-offer-call-back",
    ]


def test_a_caller_whom_no_alert_is_about_is_offered_no_call_back() -> None:
    assert looks(wants_an_agent(CALLER), 0, 240).heard[-1] == "agent-wait-or-leave"
    assert looks(wants_an_agent(CALLER), 0, None).listens().heard[-1] == "agent-call-us"


def test_a_time_at_which_nobody_may_call_can_be_changed() -> None:
    call = looks(wants_an_agent(), 0, None).listens().presses("1").listens()
    call.presses("1").presses("5").presses("3").presses("0").listens().presses("1")
    assert call.learns("closed").listens().listens().heard[-2:] == ["agent-not-then", "agent-offer-call-back"]


def test_silence_is_answered_with_our_number() -> None:
    call = looks(wants_an_agent(), 0, None).listens()
    call.stays_silent(2).listens()
    assert call.is_over
    assert call.heard[-1] == "agent-call-us"
