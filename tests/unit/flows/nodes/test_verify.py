import pytest

from ivr.errors import ContentError
from ivr.prompts.content_tier import ContentTier
from tests.unit.flows.rehearsal import Rehearsal, TinyCatalogue, flow_of, rehearse

CATALOGUE = TinyCatalogue(
    {
        **dict.fromkeys(("who", "not-them", "sorry", "bye"), ContentTier.ANYONE),
        "details": ContentTier.CONFIRMED,
    }
)
NODES = """
who: {type: verify, prompt: who, yes: {key: 1, to: details}, no: {key: 2, to: not-them}}
details: {type: hangup, prompt: details}
not-them: {type: hangup, prompt: not-them}
"""


@pytest.fixture
def call() -> Rehearsal:
    return rehearse(flow_of(NODES, CATALOGUE), CATALOGUE)


def test_yes_raises_the_tier_and_is_stored(call: Rehearsal) -> None:
    call.listens().presses("1")
    assert call.turn.state.tier is ContentTier.CONFIRMED
    assert call.transcript[-2:] == ["checkpoint", "say details: details"]


def test_no_is_the_wrong_person(call: Rehearsal) -> None:
    call.listens().presses("2")
    assert call.turn.state.tier is ContentTier.ANYONE
    assert "respond wrong_person" in call.transcript


def test_details_on_any_way_that_is_not_yes_are_refused() -> None:
    with pytest.raises(
        ContentError, match="'details' is for a confirmed person, and this can be said to anyone"
    ):
        flow_of(NODES.replace("no: {key: 2, to: not-them}", "no: {key: 2, to: details}"), CATALOGUE)


def test_yes_and_no_on_one_key_are_refused() -> None:
    with pytest.raises(ContentError, match="key 1 is used twice, by `yes` and `no`"):
        flow_of(NODES.replace("key: 2", "key: 1"), CATALOGUE)
