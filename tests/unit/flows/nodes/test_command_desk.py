from __future__ import annotations

import pytest

from ivr.errors import FlowError
from ivr.flows.effects import CommandDesk, DeskCommand
from ivr.flows.state import dump_state
from tests.unit.flows.rehearsal import Rehearsal, flow_of, for_anyone, rehearse

CATALOGUE = for_anyone("agent", "pin", "wrong", "done", "locked", "no-queue", "failed")
NODES = """
desk:
  type: command_desk
  command: pause
  agent: agent
  pin: pin
  done: done
  locked: locked
  no_queue: no-queue
  failed: failed
  no_match: {prompt: wrong}
done: {type: hangup, prompt: done}
locked: {type: hangup, prompt: locked}
no-queue: {type: hangup, prompt: no-queue}
failed: {type: hangup, prompt: failed}
"""


@pytest.fixture
def call() -> Rehearsal:
    return rehearse(flow_of(NODES, CATALOGUE), CATALOGUE).listens()


def test_id_and_pin_are_asked_for_and_handed_over_by_their_handles(call: Rehearsal) -> None:
    call.presses("4711#").listens().presses("271828#")
    effect = call.commands[-1]
    assert isinstance(effect, CommandDesk)
    assert effect.command is DeskCommand.PAUSE
    assert call.turn.state.keyed.secrets[effect.agent].digits == "4711"
    assert call.turn.state.keyed.secrets[effect.secret].digits == "271828"


def test_what_was_keyed_is_nowhere_but_in_memory(call: Rehearsal) -> None:
    shown = ""
    for key in "4711#271828#":
        call.presses(key)
        shown += dump_state(call.turn.state) + repr(call.turn) + str(call.commands)
    call.learns("no_match")
    assert "4711" not in shown
    assert "271828" not in shown
    assert call.turn.state.keyed.secrets == {}


@pytest.mark.parametrize("result", ["done", "locked", "no_queue", "failed"])
def test_each_result_has_its_way(call: Rehearsal, result: str) -> None:
    said = call.presses("4711#").listens().presses("271828#").learns(result).heard[-1]
    assert said == result.replace("_", "-")


def test_after_wrong_ones_both_are_asked_for_again_and_the_third_time_ends_it(call: Rehearsal) -> None:
    for _ in range(3):
        call.listens().presses("4711#").listens().presses("000000#").learns("no_match")
    assert call.heard == ["agent", "pin", "wrong + agent", "pin", "wrong + agent", "pin", "bye"]


def test_a_result_that_it_can_not_have_is_loud(call: Rehearsal) -> None:
    call.presses("4711#").listens().presses("271828#")
    with pytest.raises(FlowError, match="can't end in 'paid'"):
        call.learns("paid")
