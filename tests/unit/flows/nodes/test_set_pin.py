import pytest

from ivr.errors import ContentError
from ivr.flows.effects import SetPin
from ivr.flows.factor import Factor
from ivr.prompts.content_tier import ContentTier
from tests.unit.flows.rehearsal import Rehearsal, TinyCatalogue, flow_of, rehearse

CATALOGUE = TinyCatalogue(
    dict.fromkeys(("birth", "new", "again", "bad", "set", "agent", "sorry", "bye"), ContentTier.ANYONE)
)
NODES = """
prove:
  type: verify_factor
  questions: {birth_date: {prompt: birth, length: 8}}
  match: pin
  locked: agent
  unavailable: agent
pin:
  type: set_pin
  prompt: new
  again: again
  length: 4
  attempts: 2
  done: set
  failed: agent
  no_match: {prompt: bad, to: agent}
set: {type: hangup, prompt: set}
agent: {type: hangup, prompt: agent}
"""


@pytest.fixture
def call() -> Rehearsal:
    call = rehearse(flow_of(NODES, CATALOGUE), CATALOGUE).listens()
    return call.presses("01021990").learns("match").listens()


def test_it_is_keyed_twice_and_set(call: Rehearsal) -> None:
    call.presses("7391").listens().presses("7391")
    assert isinstance(call.commands[-1], SetPin)
    assert set(call.turn.state.keyed.secrets) == {"new_pin", "new_pin_again"}
    assert call.learns("done").heard == ["birth", "new", "again", "set"]
    assert call.turn.state.keyed.secrets == {}


@pytest.mark.parametrize("result", ["differ", "refused"])
def test_what_is_not_taken_is_asked_for_from_the_first_a_limited_number_of_times(
    call: Rehearsal, result: str
) -> None:
    call.presses("7391").listens().presses("7392").learns(result).listens()
    assert call.heard[-1] == "bad + new"
    call.presses("7391").listens().presses("7392").learns(result)
    assert call.heard[-1] == "agent"


def test_a_failure_has_its_way(call: Rehearsal) -> None:
    assert call.presses("7391").listens().presses("7391").learns("failed").heard[-1] == "agent"


def test_a_length_that_is_soon_guessed_is_refused() -> None:
    with pytest.raises(ContentError, match="3 digits are soon guessed; ask for 4 at least"):
        flow_of(NODES.replace("length: 4", "length: {least: 3, most: 8}"), CATALOGUE)


def test_without_another_factor_nobody_gets_to_it() -> None:
    with pytest.raises(
        ContentError, match="a set_pin node is for a verified person, and anyone can get to it"
    ):
        flow_of(NODES.replace("locked: agent", "locked: pin"), CATALOGUE)


BY_PIN = NODES.replace("birth_date: {prompt: birth, length: 8}", "pin: {prompt: birth, length: 4}")


def test_the_pin_itself_is_no_other_factor() -> None:
    call = rehearse(flow_of(BY_PIN, CATALOGUE), CATALOGUE).listens().presses("7391").learns("match")
    assert call.turn.state.line.proven == (Factor.PIN,)
    assert call.heard == ["birth", "agent"]


def test_who_proved_the_pin_alone_can_have_a_way_of_their_own() -> None:
    nodes = BY_PIN.replace("failed: agent", "failed: agent\n  unproven: set")
    call = rehearse(flow_of(nodes, CATALOGUE), CATALOGUE).listens().presses("7391").learns("match")
    assert call.heard == ["birth", "set"]


def test_another_factor_after_the_pin_is_enough() -> None:
    more = BY_PIN.replace("match: pin", "match: more") + NODES[: NODES.index("pin:")].replace(
        "prove:", "more:"
    )
    call = rehearse(flow_of(more, CATALOGUE), CATALOGUE).listens().presses("7391").learns("match").listens()
    call.presses("01021990").learns("match")
    assert call.turn.state.line.proven == (Factor.PIN, Factor.BIRTH_DATE)
    assert call.heard[-1] == "new"
