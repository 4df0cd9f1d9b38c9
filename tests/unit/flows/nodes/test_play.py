import pytest

from ivr.errors import ContentError
from ivr.prompts.content_tier import ContentTier
from tests.unit.flows.rehearsal import TinyCatalogue, flow_of, rehearse

TIERS = dict.fromkeys(("jingle", "words", "menu", "sorry", "bye"), ContentTier.ANYONE)
CATALOGUE = TinyCatalogue(TIERS, clips=("jingle",))
NODES = """
jingle: {type: play, clip: jingle, next: menu}
menu: {type: menu, prompt: menu, keys: {1: bye}}
bye: {type: hangup, prompt: bye}
"""


def test_the_clip_is_heard_then_it_goes_on() -> None:
    assert rehearse(flow_of(NODES, CATALOGUE), CATALOGUE).listens().heard == ["jingle", "menu"]


def test_a_key_cuts_it_and_answers_the_next_question() -> None:
    assert rehearse(flow_of(NODES, CATALOGUE), CATALOGUE).presses("1").heard == ["jingle", "bye"]


def test_a_clip_that_must_be_heard_is_not_cut() -> None:
    patient = NODES.replace("next: menu", "interruptible: false, next: menu")
    call = rehearse(flow_of(patient, CATALOGUE), CATALOGUE).presses("1")
    assert "cut" not in call.transcript


@pytest.mark.parametrize("languages", ["[en]", "[en, es]"])
def test_what_is_not_recorded_is_no_clip(languages: str) -> None:
    with pytest.raises(ContentError, match=r"nodes\.jingle\.clip: 'words' has no recording in en"):
        flow_of(NODES.replace("clip: jingle", "clip: words"), CATALOGUE, f"languages: {languages}")
