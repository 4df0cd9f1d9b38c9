"""A customer goes through the alerts that they may choose something of."""

from __future__ import annotations

import pytest

from ivr.flows.effects import NextAlert
from ivr.prompts.content_tier import ContentTier
from tests.unit.flows.rehearsal import Rehearsal, TinyCatalogue, flow_of, rehearse

CATALOGUE = TinyCatalogue(
    dict.fromkeys(("who", "alert", "none", "no", "sorry", "bye"), ContentTier.ANYONE),
    slots={"alert": "choice.name"},
)
NODES = """
who: {type: verify, prompt: who, yes: {key: 1, to: next}, no: {key: 2, to: no}}
next: {type: next_alert, found: alert, none: none, failed: no}
alert: {type: menu, prompt: alert, keys: {6: next}}
none: {type: menu, prompt: none, keys: {1: next}}
no: {type: hangup, prompt: no}
"""
FIRST, SECOND = {"rule": "a", "name": "First"}, {"rule": "b", "name": "Second"}


@pytest.fixture
def call() -> Rehearsal:
    return rehearse(flow_of(NODES, CATALOGUE), CATALOGUE).presses("1")


def asked_after(call: Rehearsal) -> str | None:
    effect = call.turn.state.effect
    assert isinstance(effect, NextAlert)
    return effect.after


def test_one_after_the_other_and_then_from_the_first_again(call: Rehearsal) -> None:
    assert asked_after(call) is None
    assert call.learns("found", choice=FIRST).heard[-1] == "alert First"
    assert asked_after(call.presses("6")) == "a"
    assert call.learns("found", choice=SECOND).heard[-1] == "alert Second"
    assert asked_after(call.presses("6")) == "b"
    assert call.learns("none", choice=None).heard[-1] == "none"
    assert asked_after(call.presses("1")) is None


def test_somebody_whom_nobody_knows_has_nothing_to_choose(call: Rehearsal) -> None:
    assert call.learns("failed").heard[-1] == "no"
