from tests.unit.flows.lint.linting import codes, linted, only

SAID = {"done": {"text": "In {{ gathered.days }} days."}}
GATHER = """
hello: {type: menu, prompt: hello, keys: {1: ask}, no_input: {prompt: again}, no_match: {prompt: again}}
ask: {type: gather, prompt: again, variable: days, length: 2, next: done, no_input: {prompt: again%s},
  no_match: {prompt: again}}
"""
BRANCH = """
hello: {type: branch, cases: [{when: {variable: account.colour, present: true}, to: ask}], otherwise: ask}
ask: {type: menu, prompt: hello, keys: {1: done}, no_input: {prompt: again}, no_match: {prompt: again}}
"""


def test_a_way_past_the_gather_is_found() -> None:
    found = only("F501", linted(GATHER % ", to: done", prompts=SAID))
    assert "'done' speaks of 'gathered.days', which is not set on every way here" in found


def test_without_one_it_is_fine() -> None:
    assert codes(GATHER % "", prompts=SAID) == set()


def test_a_name_that_no_call_has_is_found_in_conditions_too() -> None:
    found = only("F501", linted(BRANCH))
    assert "nodes.hello.cases.0.when: this looks at 'account.colour', which nothing has set by then" in found


def test_a_flow_that_returns_may_be_brought_it_and_may_not() -> None:
    nodes = (GATHER % "").replace("keys: {1: ask}", "keys: {1: ask, 2: back}") + "back: {type: return}\n"
    own = {"again": {"text": "It is {{ own.reason }}."}}
    assert codes(nodes, prompts=own) == {"F501"}


REFERENCE = """
reference: {type: find_reference, prompt: again, found: done, locked: hello,
  no_input: {prompt: again, to: hello}, no_match: {prompt: again, to: hello}}
"""


def test_what_was_set_for_one_customer_is_not_there_for_another() -> None:
    nodes = (GATHER % "").replace("next: done", "next: reference") + REFERENCE
    found = only("F501", linted(nodes, prompts=SAID))
    assert "'done' speaks of 'gathered.days', which is not set on every way here" in found
