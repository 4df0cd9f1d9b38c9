from tests.unit.flows.lint.linting import VERIFIED, linted, only

DEBT = """
profile: us-debt-collection
segments: {identification: hello, limited-content: message, disclosure: mini-miranda}
"""
WORDS = {"mini-miranda": {"tier": "confirmed", "text": "This is an attempt to collect a debt."}}
DISCLOSED = VERIFIED.replace("to: details", "to: disclose") + (
    "disclose: {type: say, prompt: mini-miranda, next: details}"
)


def test_a_key_is_no_proof_for_a_debt_collector() -> None:
    found = only("F705", linted(DISCLOSED, DEBT, WORDS))
    assert "nodes.details.prompt: 'amount' tells a confirmed person of account.amount_due" in found


def test_it_is_none_by_another_name_either() -> None:
    kept = DISCLOSED.replace("next: details", "next: keep") + (
        "\nkeep: {type: set_variable, variable: debt, value: '{{ account.amount_due }}', next: details}"
    )
    own = {"amount": {"tier": "confirmed", "text": "You owe {{ own.debt | money }}."}}
    found = only("F705", linted(kept, DEBT, {**WORDS, **own}))
    assert "'amount' tells a confirmed person of own.debt" in found
