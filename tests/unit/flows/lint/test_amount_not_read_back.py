from tests.unit.flows.lint.linting import codes, linted, only

GATHER = """
hello: {type: menu, prompt: hello, keys: {1: ask}, no_input: {prompt: again}, no_match: {prompt: again}}
ask: {type: gather, prompt: again, variable: sum, length: {least: 1, most: 8}, form: FORM, next: done,
  no_input: {prompt: again}, no_match: {prompt: again}}
"""
BACK = {"back": {"text": "You keyed {{ gathered.sum | money }}. If that is right, press 1. If not, press 2."}}


def test_an_amount_that_nobody_confirms_is_found() -> None:
    found = only("F207", linted(GATHER.replace("FORM", "amount")))
    assert "nodes.ask.form: an amount is taken that nobody has confirmed; add `read_back:`" in found


def test_one_that_is_read_back_is_fine() -> None:
    assert codes(GATHER.replace("FORM", "amount, read_back: back"), prompts=BACK) == set()


def test_other_digits_need_no_read_back() -> None:
    assert codes(GATHER.replace("FORM", "digits")) == set()


PAID = """
hello: {type: menu, prompt: hello, keys: {1: ask}, no_input: {prompt: again}, no_match: {prompt: again}}
ask: {type: gather, prompt: again, variable: sum, length: {least: 1, most: 8}, form: amount, next: keep,
  no_input: {prompt: again}, no_match: {prompt: again}}
keep: {type: set_variable, variable: sum, value: "{{ gathered.sum }}", next: pay}
pay: {type: pay, amount: own.sum, summary: again, prompt: again, success: done, declined: done,
  provider_error: done, settled: done, unavailable: done,
  no_input: {prompt: again}, no_match: {prompt: again}}
"""


def test_one_that_a_payment_says_and_asks_about_is_fine() -> None:
    assert "F207" not in codes(PAID)
