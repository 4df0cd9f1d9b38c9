import pytest

from ivr.errors import ContentError
from ivr.prompts.content_tier import ContentTier
from tests.unit.flows.lint.linting import codes, linted, only
from tests.unit.flows.rehearsal import TinyCatalogue, flow_of

SAID = {"done": {"text": "In {{ gathered.days }} days."}}
GATHER = """
hello: {type: menu, prompt: hello, keys: {1: ask}, no_input: {prompt: again}, no_match: {prompt: again}}
ask: {type: gather, prompt: again, variable: days, length: 2, next: done, no_input: {prompt: again},
  no_match: {prompt: again}}
"""


def test_a_prompt_that_speaks_of_what_nobody_keyed_is_found() -> None:
    found = only("F111", linted(prompts=SAID))
    assert "nodes.done.prompt: 'done' speaks of 'gathered.days', which nothing has set by then" in found


def test_after_the_gather_it_is_fine() -> None:
    assert codes(GATHER, prompts=SAID) == set()


def test_a_name_that_no_call_has_is_found() -> None:
    assert codes(prompts={"done": {"text": "It is {{ company.colour }}."}}) == {"F111"}


def test_the_good_bye_can_be_said_at_any_time_and_counts_on_nothing() -> None:
    assert codes(GATHER, prompts={"bye": {"text": "In {{ gathered.days }} days."}}) == {"F111"}


def test_a_flow_that_returns_may_be_brought_it() -> None:
    nodes = GATHER.replace("keys: {1: ask}", "keys: {1: ask, 2: back}") + "back: {type: return}\n"
    own = {"again": {"text": "It is {{ own.reason }}."}}
    assert "F111" not in codes(nodes, prompts=own)
    assert codes(nodes, prompts={"again": {"text": "It is {{ company.colour }}."}}) == {"F111"}


def test_such_a_flow_is_not_loaded() -> None:
    catalogue = TinyCatalogue(dict.fromkeys(("told", "sorry", "bye"), ContentTier.ANYONE), {"told": "own.x"})
    with pytest.raises(ContentError, match=r"'told' speaks of 'own\.x', which nothing has set by then"):
        flow_of("told: {type: hangup, prompt: told}", catalogue)


def test_what_is_wrong_with_a_flow_besides_is_told_with_it() -> None:
    found = linted("hello: {type: menu, prompt: nobody, keys: {1: done, 2: nowhere}}", prompts=SAID)
    assert {finding.code for finding in found} == {"F101", "F103", "F111"}
