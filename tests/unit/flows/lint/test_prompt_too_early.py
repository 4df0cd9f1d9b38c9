import pytest

from tests.unit.flows.lint.linting import INNER, VERIFIED, codes, linted, only


def test_an_account_detail_before_verification_is_found() -> None:
    found = only("F105", linted("done: {type: hangup, prompt: amount}"))
    assert "'amount' is for a confirmed person, and this can be said to anyone" in found


OPEN = {"done": {"text": "You owe {{ account.amount_due | money }}."}}
OWN = {"done": {"text": "You owe {{ own.debt }}."}}


def test_a_prompt_that_only_says_to_be_for_anyone_is_found() -> None:
    found = only("F105", linted(prompts=OPEN))
    assert "nodes.done.prompt: 'done' tells of account.amount_due, and this can be said to anyone" in found


SET = "set: {type: set_variable, variable: debt, value: '{{ account.amount_due }}', next: done}"
COPIED = """
set: {type: set_variable, variable: w, value: 'owes {{ account.balance }}', next: copy}
copy: {type: set_variable, variable: debt, value: '{{ own.w }}', next: done}
"""
ANSWERED = "set: {type: webhook, endpoint: orders, keep: {debt: a}, answered: done, failed: opt-out}"
ASKED = """
hello: {type: menu, prompt: hello, keys: {1: set}, no_input: {prompt: again}, no_match: {prompt: again}}
"""


@pytest.mark.parametrize("nodes", [SET, COPIED, ANSWERED])
def test_an_account_detail_is_found_by_any_name(nodes: str) -> None:
    found = only("F105", linted(f"{ASKED}{nodes}", prompts=OWN))
    assert "'done' tells of own.debt, and this can be said to anyone" in found


def test_one_that_two_ways_lead_to_counts_as_the_less_sure_of_them() -> None:
    both = VERIFIED.replace("no: {key: 2, to: done}", "no: {key: 2, to: details}")
    assert codes(both) == {"F105"}


def test_after_yes_it_is_fine() -> None:
    assert codes(VERIFIED) == set()


FINDING = """
prove:
  type: verify_factor
  questions: {pin: {prompt: again, length: 4}}
  match: reference
  locked: done
  unavailable: done
  no_input: {prompt: again}
  no_match: {prompt: again}
hello: {type: menu, prompt: hello, keys: {1: prove}, no_input: {prompt: again}, no_match: {prompt: again}}
details: {type: say, prompt: amount, next: done}
"""
REFERENCE = "type: find_reference, prompt: again, no_input: {prompt: again}, no_match: {prompt: again}"
LOOKED_UP = f"{FINDING}reference: {{{REFERENCE}, found: details, locked: done}}"
ENTERED = f"{FINDING}reference: {{type: enter_flow, flow: inner, next: details}}"
INNER_REFERENCE = f"""
start: find
nodes:
  find: {{{REFERENCE}, found: back, locked: back}}
  back: {{type: return}}
"""


def test_who_keys_a_reference_may_be_anyone_whatever_was_proved_before() -> None:
    found = only("F105", linted(LOOKED_UP))
    assert "'amount' is for a confirmed person, and this can be said to anyone" in found


def test_so_may_who_keys_it_in_a_flow_that_comes_back() -> None:
    assert "F105" not in codes(ENTERED, others={"inner": INNER})
    assert "F105" in codes(ENTERED, others={"inner": INNER_REFERENCE})
