import pytest

from ivr.flows.effects import FindPrompt
from ivr.prompts.content_tier import ContentTier
from tests.unit.flows.rehearsal import Rehearsal, TinyCatalogue, flow_of, rehearse

PROMPTS = ("pin", "number", "words", "none", "sorry", "bye")
CATALOGUE = TinyCatalogue(dict.fromkeys(PROMPTS, ContentTier.ANYONE), slots={"words": "result.words"})
NODES = """
door: {type: check_pin, prompt: pin, match: number, locked: none, closed: none}
number: {type: gather, prompt: number, variable: number, length: {least: 1, most: 6}, next: find}
find: {type: find_prompt, number: gathered.number, found: words, unknown: none}
words: {type: hangup, prompt: words}
none: {type: hangup, prompt: none}
"""


@pytest.fixture
def call() -> Rehearsal:
    call = rehearse(flow_of(NODES, CATALOGUE), CATALOGUE).listens().presses("271828#").learns("match")
    return call.listens().presses("623241")


def test_the_keyed_number_is_looked_up_in_the_language_that_is_spoken(call: Rehearsal) -> None:
    assert call.commands[-1] == FindPrompt(4, "623241", "en")


def test_what_is_found_can_be_said(call: Rehearsal) -> None:
    assert call.learns("found", words="Goodbye.").heard[-1] == "words Goodbye."


def test_a_number_of_nothing_has_its_way(call: Rehearsal) -> None:
    assert call.learns("unknown").heard[-1] == "none"
