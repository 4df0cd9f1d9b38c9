from tests.unit.flows.lint.linting import linted, only

PIN = """
hello: {type: gather, prompt: hello, variable: pin, length: 4, secret: true, next: %s,
  no_input: {prompt: again}, no_match: {prompt: again}}
out: {type: menu, prompt: again, keys: {1: done}, no_input: {prompt: again}, no_match: {prompt: again}}
"""


def test_a_prompt_that_would_say_a_pin_is_found() -> None:
    said = {"done": {"text": "It was {{ gathered.pin | digits }}."}}
    found = only("F403", linted(PIN % "out", prompts=said))
    assert "'done' speaks of 'gathered.pin', a secret of the node 'hello'" in found


def test_a_condition_that_looks_at_a_pin_is_found() -> None:
    branch = "test: {type: branch, cases: [{when: {variable: gathered.pin, equals: '1234'}, to: out}], \
otherwise: done}"
    found = only("F403", linted(PIN % "test" + branch))
    assert "nodes.test.cases.0.when: this asks for 'gathered.pin'" in found
