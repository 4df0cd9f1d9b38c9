"""A caller keys in a reference: it says whom the call is about, and proves nothing."""

from __future__ import annotations

import pytest

from ivr.flows.effects import FindReference
from ivr.flows.factor import Factor
from ivr.flows.on_the_line import Party
from ivr.flows.state import dump_state
from ivr.prompts.content_tier import ContentTier
from tests.unit.flows.rehearsal import MARIA, Rehearsal, flow_of, for_anyone, rehearse

CATALOGUE = for_anyone("ask", "wrong", "found", "locked")
NODES = """
reference:
  type: find_reference
  prompt: ask
  found: found
  locked: locked
  no_match: {prompt: wrong, to: locked}
found: {type: hangup, prompt: found}
locked: {type: hangup, prompt: locked}
"""
KEYED = "123456788"


@pytest.fixture
def call() -> Rehearsal:
    return rehearse(flow_of(NODES, CATALOGUE), CATALOGUE).listens()


def test_nine_digits_are_looked_up_without_a_last_key(call: Rehearsal) -> None:
    call.presses(KEYED)
    assert call.commands[-1] == FindReference(2, "reference")
    assert call.turn.state.keyed.secrets["reference"].digits == KEYED


def test_what_it_brings_is_spoken_of_from_then_on_and_proves_nothing(call: Rehearsal) -> None:
    call.presses(KEYED).learns("found", customer={"id": "c7"}, alert={"id": "al7"})
    state = call.turn.state
    assert (state.line.led_to, state.line.acts_for) == (
        Party("c7", alert_id="al7"),
        Party("c1", "a1", topic="payments"),
    )
    assert state.brought == {"customer": {"id": "c7"}, "alert": {"id": "al7"}}
    assert (state.tier, state.matters, state.result) == (ContentTier.ANYONE, ((None, 0),), {})
    assert call.heard[-1] == "found"


def test_it_is_nowhere_but_in_memory_and_gone_once_looked_up(call: Rehearsal) -> None:
    shown = ""
    for key in KEYED:
        call.presses(key)
        shown += dump_state(call.turn.state) + repr(call.turn) + str(call.commands)
    call.learns("unknown")
    assert KEYED not in shown
    assert call.turn.state.keyed.secrets == {}


def test_an_unknown_one_is_asked_for_again_and_the_third_leads_on(call: Rehearsal) -> None:
    for _ in range(3):
        call.listens().presses(KEYED).learns("unknown")
    assert call.heard == ["ask", "wrong + ask", "wrong + ask", "locked"]


def test_too_many_wrong_ones_have_their_way(call: Rehearsal) -> None:
    assert call.presses(KEYED).learns("locked").heard[-1] == "locked"


def test_a_drop_while_it_is_looked_up_asks_for_it_again(call: Rehearsal) -> None:
    call.presses(KEYED).is_picked_up().listens()
    assert call.heard[-2:] == ["sorry", "ask"]
    assert call.turn.state.effect is None


PROVING = (
    """
prove:
  type: verify_factor
  questions: {birth_date: {prompt: ask, length: 8}}
  match: reference
  locked: locked
  unavailable: locked
  no_match: {prompt: wrong}
"""
    + NODES
)
AS_C1 = {**MARIA, "customer": {"id": "c1"}}


@pytest.mark.parametrize(
    ("brought", "tier", "proven"),
    [("c7", ContentTier.ANYONE, ()), ("c1", ContentTier.VERIFIED, (Factor.BIRTH_DATE,))],
)
def test_who_has_proved_to_be_somebody_has_not_proved_to_be_somebody_else(
    brought: str, tier: ContentTier, proven: tuple[Factor, ...]
) -> None:
    call = rehearse(flow_of(PROVING, CATALOGUE), CATALOGUE, AS_C1)
    call.listens().presses("07311985").learns("match")
    call.listens().presses(KEYED).learns("found", customer={"id": brought})
    assert (call.turn.state.tier, call.turn.state.line.proven) == (tier, proven)


@pytest.mark.parametrize(("found", "tier"), [("c1", ContentTier.CONFIRMED), ("c7", ContentTier.ANYONE)])
def test_who_was_taken_for_one_customer_is_not_taken_for_another(found: str, tier: ContentTier) -> None:
    verify = "verify: {type: verify, prompt: ask, yes: {key: 1, to: reference}, no: {key: 2, to: locked}}"
    nodes = f"{verify}\n{NODES}"
    someone = {**MARIA, "customer": {"id": "c1"}}
    call = rehearse(flow_of(nodes, CATALOGUE), CATALOGUE, someone).listens()
    call.presses("1").listens().presses(KEYED).learns("found", customer={"id": found})
    assert call.turn.state.tier is tier


FIRST = """
days: {type: gather, prompt: ask, variable: days, length: 1, next: note}
note: {type: set_variable, variable: owed, value: "{{ account.amount_due }}", next: pin}
pin: {type: gather, prompt: ask, variable: pin, length: 4, secret: true, next: matter}
matter: {type: set_variable, variable: noted, value: "yes", next: reference}
"""


@pytest.mark.parametrize(("found", "is_kept"), [("c1", True), ("c7", False)])
def test_a_second_customer_keeps_nothing_of_the_first(found: str, is_kept: bool) -> None:
    call = rehearse(flow_of(FIRST + NODES, CATALOGUE), CATALOGUE, AS_C1)
    call.listens().presses("3").listens().presses("1234").listens().presses(KEYED)
    call.learns("found", customer={"id": found}, account={"id": "a9"}, alert={"id": "al9"})
    state = call.turn.state
    assert bool(state.own) == bool(state.own_details) == bool(state.gathered) == is_kept
    assert (state.keyed.digits, state.keyed.secrets) == ("", {})
    assert state.matters == (() if is_kept else ((None, 0),)), (
        "what is meant from now on is about nothing yet"
    )
    assert call.heard[-1] == "found"
