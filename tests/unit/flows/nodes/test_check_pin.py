import pytest

from ivr.errors import ContentError
from ivr.flows.effects import CheckPin
from ivr.flows.state import dump_state
from ivr.prompts.content_tier import ContentTier
from tests.unit.flows.rehearsal import Rehearsal, flow_of, for_anyone, rehearse

CATALOGUE = for_anyone("pin", "wrong", "in", "locked", "closed")
NODES = """
door:
  type: check_pin
  prompt: pin
  match: inside
  locked: locked
  closed: closed
  no_match: {prompt: wrong}
inside: {type: clear_bulletin, done: done, nothing: done, failed: done}
done: {type: hangup, prompt: in}
locked: {type: hangup, prompt: locked}
closed: {type: hangup, prompt: closed}
"""


@pytest.fixture
def call() -> Rehearsal:
    return rehearse(flow_of(NODES, CATALOGUE), CATALOGUE).listens()


def test_the_right_pin_lets_an_administrator_in(call: Rehearsal) -> None:
    call.presses("271828#")
    assert call.commands[-1] == CheckPin(2, "pin")
    assert call.turn.state.keyed.secrets["pin"].digits == "271828"
    assert call.learns("match").turn.state.tier is ContentTier.ADMINISTRATOR
    assert call.transcript[-1] == "clear bulletin"


def test_what_was_keyed_is_nowhere_but_in_memory_and_gone_once_compared(call: Rehearsal) -> None:
    shown = ""
    for key in "271828#":
        call.presses(key)
        shown += dump_state(call.turn.state) + repr(call.turn) + str(call.commands)
    call.learns("no_match")
    assert "271828" not in shown
    assert call.turn.state.keyed.secrets == {}


def test_the_third_wrong_one_ends_the_call(call: Rehearsal) -> None:
    for _ in range(3):
        call.listens().presses("000000#").learns("no_match")
    assert call.heard == ["pin", "wrong + pin", "wrong + pin", "bye"]
    assert call.turn.state.tier is ContentTier.ANYONE


@pytest.mark.parametrize("result", ["locked", "closed"])
def test_a_door_that_does_not_open_has_its_way(call: Rehearsal, result: str) -> None:
    assert call.presses("271828#").learns(result).heard[-1] == result


def test_a_drop_while_it_is_compared_asks_for_it_again(call: Rehearsal) -> None:
    call.presses("271828#").is_picked_up().listens()
    assert call.heard[-2:] == ["sorry", "pin"]
    assert call.turn.state.effect is None


@pytest.mark.parametrize(
    "way_in",
    ["{type: say, prompt: pin, next: inside}", "{type: goto, to: inside}"],
)
def test_nobody_gets_in_another_way(way_in: str) -> None:
    nodes = f"front: {way_in}\n{NODES[NODES.index('inside:') : NODES.rindex('locked:')]}"
    with pytest.raises(ContentError, match="an administrator"):
        flow_of(nodes, CATALOGUE)
