from typing import Any

import pytest

from ivr.errors import ContentError
from ivr.flows.effects import CheckFactor
from ivr.flows.factor import Factor
from ivr.flows.state import dump_state
from ivr.prompts.content_tier import ContentTier
from tests.unit.flows.rehearsal import MARIA, Rehearsal, TinyCatalogue, flow_of, rehearse

PROMPTS = ("pin", "birth", "wrong", "locked", "agent", "sorry", "bye")
CATALOGUE = TinyCatalogue(
    {**dict.fromkeys(PROMPTS, ContentTier.ANYONE), "details": ContentTier.VERIFIED},
)
NODES = """
prove:
  type: verify_factor
  questions:
    pin: {prompt: pin, length: 4}
    birth_date: {prompt: birth, length: 8}
  match: details
  locked: locked
  unavailable: agent
  attempts: 2
  no_match: {prompt: wrong, to: agent}
details: {type: hangup, prompt: details}
locked: {type: hangup, prompt: locked}
agent: {type: hangup, prompt: agent}
"""


@pytest.fixture
def call() -> Rehearsal:
    return rehearse(flow_of(NODES, CATALOGUE), CATALOGUE)


def test_the_right_factor_raises_the_tier(call: Rehearsal) -> None:
    call.listens().presses("7391")
    assert call.commands[-1] == CheckFactor(2, Factor.PIN, "factor")
    assert call.turn.state.keyed.secrets["factor"].digits == "7391"
    assert call.learns("match").turn.state.tier is ContentTier.VERIFIED
    assert call.heard[-1] == "details"


def test_what_was_keyed_is_nowhere_but_in_memory_and_gone_once_compared(call: Rehearsal) -> None:
    call.listens()
    shown = ""
    for key in "7391":
        call.presses(key)
        shown += dump_state(call.turn.state) + repr(call.turn) + str(call.commands)
    call.learns("no_match")
    assert "7391" not in shown
    assert call.turn.state.keyed.secrets == {}


def test_a_wrong_one_is_asked_for_again_and_the_last_one_leads_away(call: Rehearsal) -> None:
    call.listens().presses("0000").learns("no_match").listens().presses("1111").learns("no_match")
    assert call.heard == ["pin", "wrong + pin", "agent"]
    assert call.turn.state.tier is ContentTier.ANYONE


@pytest.mark.parametrize(("result", "said"), [("locked", "locked"), ("unavailable", "agent")])
def test_other_results_have_their_ways(call: Rehearsal, result: str, said: str) -> None:
    assert call.listens().presses("7391").learns(result).heard[-1] == said


@pytest.mark.parametrize(
    ("factors", "said"),
    [(["birth_date", "pin"], "birth"), (["postcode", "pin"], "pin"), (["postcode"], "agent"), ([], "agent")],
)
def test_the_profile_chooses_what_is_asked(factors: list[str], said: str) -> None:
    variables: dict[str, Any] = {**MARIA, "verification": {"factors": factors}}
    assert rehearse(flow_of(NODES, CATALOGUE), CATALOGUE, variables).heard == [said]


def test_a_drop_while_it_is_compared_asks_for_it_again(call: Rehearsal) -> None:
    call.listens().presses("7391").is_picked_up().listens()
    assert call.heard[-2:] == ["sorry", "pin"]
    assert call.turn.state.effect is None


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("birth, length: 8", "birth, length: 6"),
        ("pin, length: 4", "pin, length: {least: 3, most: 8}"),
    ],
)
def test_a_length_that_proves_nothing_is_refused(written: str, told: str) -> None:
    with pytest.raises(ContentError, match=r"write length: 8|ask for 4 at least"):
        flow_of(NODES.replace(written, told), CATALOGUE)


def test_details_on_any_other_way_are_refused() -> None:
    with pytest.raises(ContentError, match="'details' is for a verified person"):
        flow_of(
            NODES.replace("locked: locked", "locked: details").replace(
                "locked: {type: hangup, prompt: locked}\n", ""
            ),
            CATALOGUE,
        )
