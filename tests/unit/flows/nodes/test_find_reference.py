"""A caller keys in a reference: it says whom the call is about, and proves nothing."""

from __future__ import annotations

import pytest

from ivr.flows.effects import FindReference
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
    assert state.brought == {"customer": {"id": "c7"}, "alert": {"id": "al7"}}
    assert (state.tier, state.matters, state.result) == (ContentTier.ANYONE, (), {})
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


@pytest.mark.parametrize(("found", "tier"), [("c1", ContentTier.CONFIRMED), ("c7", ContentTier.ANYONE)])
def test_who_was_taken_for_one_customer_is_not_taken_for_another(found: str, tier: ContentTier) -> None:
    verify = "verify: {type: verify, prompt: ask, yes: {key: 1, to: reference}, no: {key: 2, to: locked}}"
    nodes = f"{verify}\n{NODES}"
    someone = {**MARIA, "customer": {"id": "c1"}}
    call = rehearse(flow_of(nodes, CATALOGUE), CATALOGUE, someone).listens()
    call.presses("1").listens().presses(KEYED).learns("found", customer={"id": found})
    assert call.turn.state.tier is tier
