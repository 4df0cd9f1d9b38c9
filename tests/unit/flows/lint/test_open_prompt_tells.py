from tests.unit.flows.lint.linting import VERIFIED, codes, linted, only

OPEN = {"amount": {"tier": "anyone", "text": "You owe {{ account.amount_due | money }}."}}
OWN = {"amount": {"tier": "anyone", "text": "You owe {{ own.debt | money }}."}}
KEPT = VERIFIED.replace("to: details", "to: keep") + (
    "keep: {type: set_variable, variable: debt, value: '{{ account.amount_due }}', next: details}"
)


def test_a_prompt_for_anyone_that_speaks_of_the_account_is_found() -> None:
    found = only("F402", linted(VERIFIED, prompts=OPEN))
    assert "nodes.details.prompt: 'amount' is for anyone and tells of account.amount_due" in found


def test_it_is_found_by_the_name_of_a_variable_that_was_made_of_it() -> None:
    found = only("F402", linted(KEPT, prompts=OWN))
    assert "nodes.details.prompt: 'amount' is for anyone and tells of own.debt" in found


def test_a_variable_of_the_flow_that_tells_nothing_may_be_said_to_anyone() -> None:
    assert codes(KEPT.replace("account.amount_due", "company.name"), prompts=OWN) == set()
