from tests.unit.flows.lint.linting import codes, linted, only

SAID = {"done": {"text": "In {{ gathered.days }} days."}}
GATHER = """
hello: {type: menu, prompt: hello, keys: {1: ask}, no_input: {prompt: again}, no_match: {prompt: again}}
ask: {type: gather, prompt: again, variable: days, length: 2, next: done, no_input: {prompt: again%s},
  no_match: {prompt: again}}
"""


def test_a_prompt_that_speaks_of_what_nobody_keyed_is_found() -> None:
    found = only("F501", linted(prompts=SAID))
    assert "nodes.done.prompt: 'done' speaks of 'gathered.days', which nothing has set by then" in found


def test_after_the_gather_it_is_fine() -> None:
    assert codes(GATHER % "", prompts=SAID) == set()


def test_a_way_past_the_gather_is_found() -> None:
    found = only("F501", linted(GATHER % ", to: done", prompts=SAID))
    assert "which is not set on every way here" in found


def test_a_name_that_no_call_has_is_found_in_conditions_too() -> None:
    branch = "hello: {type: branch, cases: [{when: {variable: account.colour, present: true}, to: ask}], \
otherwise: ask}\nask: {type: menu, prompt: hello, keys: {1: done}, no_input: {prompt: again}, \
no_match: {prompt: again}}"
    found = only("F501", linted(branch))
    assert "nodes.hello.cases.0.when: this looks at 'account.colour', which nothing has set" in found
