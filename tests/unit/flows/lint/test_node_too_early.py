from tests.unit.flows.lint.linting import linted, only

PAY = """
done: {type: hangup, prompt: done}
hello: {type: menu, prompt: hello, keys: {1: pay}, no_input: {prompt: again}, no_match: {prompt: again}}
pay: {type: pay, summary: hello, prompt: hello, success: done, declined: done, provider_error: done,
  unavailable: done, no_input: {prompt: again}, no_match: {prompt: again}}
"""


def test_a_payment_before_anybody_was_asked_who_they_are_is_found() -> None:
    found = only("F106", linted(PAY))
    assert "nodes.pay: a pay node is for a confirmed person, and anyone can get to it" in found
