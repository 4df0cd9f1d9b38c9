"""One matter after another is taken up, for whoever has proved to be the customer."""

from __future__ import annotations

import pytest

from ivr.errors import ContentError
from ivr.flows.effects import OpenMatter
from ivr.flows.state import dump_state, load_state
from ivr.money import Money
from ivr.outcomes.response import Response
from ivr.prompts.content_tier import ContentTier
from tests.unit.flows.rehearsal import Rehearsal, TinyCatalogue, flow_of, rehearse

CATALOGUE = TinyCatalogue(
    {
        **dict.fromkeys(("pin", "sorry", "bye", "menu", "none", "failed"), ContentTier.ANYONE),
        "told": ContentTier.VERIFIED,
    },
    {"told": "account.amount_due"},
)
NODES = """
prove:
  type: verify_factor
  questions: {pin: {prompt: pin, length: 4}}
  match: matter
  locked: failed
  unavailable: failed
matter: {type: open_matter, found: told, resumed: menu, none: none, failed: failed}
told: {type: say, prompt: told, next: menu}
menu: {type: menu, prompt: menu, keys: {1: {to: matter, response: already_paid}, 2: matter}}
none: {type: hangup, prompt: none}
failed: {type: hangup, prompt: failed}
"""


@pytest.fixture
def call() -> Rehearsal:
    made = rehearse(flow_of(NODES, CATALOGUE), CATALOGUE).listens()
    return made.presses("1234").learns("match")


def matter(name: str, minor: int) -> dict[str, object]:
    return {"alert": {"id": name}, "account": {"id": "a1", "amount_due": Money(minor, "USD")}}


def test_the_host_is_asked_for_the_next_one(call: Rehearsal) -> None:
    assert isinstance(call.commands[-1], OpenMatter)


def test_what_is_said_is_of_the_matter_that_was_taken_up(call: Rehearsal) -> None:
    call.learns("found", **matter("al1", 777)).listens()
    assert "minor=777" in call.heard[-2]
    call.presses("2").learns("found", **matter("al2", 888)).listens()
    assert "minor=888" in call.heard[-2]


def test_what_is_meant_counts_for_the_matter_that_is_open(call: Rehearsal) -> None:
    call.learns("found", **matter("al1", 777)).listens().presses("1")
    call.learns("found", **matter("al2", 888)).listens().hangs_up()
    state = call.turn.state
    assert state.matters == (("al1", 0), ("al2", 1))
    assert [response for response, _ in state.responses] == [Response.ALREADY_PAID]


def test_a_state_that_was_written_down_speaks_of_the_same_matter(call: Rehearsal) -> None:
    call.learns("found", **matter("al1", 777))
    again = load_state(dump_state(call.turn.state))
    assert (again.brought, again.matters) == (call.turn.state.brought, (("al1", 0),))


def test_the_one_that_was_lost_has_its_way(call: Rehearsal) -> None:
    call.learns("resumed", **matter("al1", 777)).listens()
    assert call.heard[-1] == "menu"
    assert call.turn.state.matters == (("al1", 0),)


@pytest.mark.parametrize("result", ["none", "failed"])
def test_without_one_no_matter_is_open(call: Rehearsal, result: str) -> None:
    assert call.learns(result).heard[-1] == result
    assert call.turn.state.matters == ()


def test_nobody_gets_there_without_proof() -> None:
    nodes = NODES[NODES.index("matter:") :]
    with pytest.raises(ContentError, match="a verified person"):
        flow_of(nodes, CATALOGUE)
