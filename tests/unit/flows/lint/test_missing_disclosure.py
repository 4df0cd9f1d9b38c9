from tests.unit.flows.lint.linting import VERIFIED, codes, linted, only

DEBT = """
profile: us-debt-collection
segments: {identification: hello, limited-content: message%s}
"""
NAMED = DEBT % ", disclosure: mini-miranda"
WORDS = {"mini-miranda": {"tier": "confirmed", "text": "This is an attempt to collect a debt."}}
NOTHING_TOLD = VERIFIED.replace("prompt: amount", "prompt: again")
DISCLOSED = NOTHING_TOLD.replace("prompt: again, next", "prompt: mini-miranda, next")


def test_a_debt_flow_without_its_disclosure_is_found() -> None:
    found = only("F702", linted(NOTHING_TOLD, DEBT % "", WORDS))
    assert "12 CFR 1006.18(e), 15 U.S.C. 1692e(11) requires that the call is from a debt collector" in found


def test_something_else_said_to_the_person_first_is_found() -> None:
    assert "nodes.details: that the call is from a debt collector" in only(
        "F702", linted(NOTHING_TOLD, NAMED, WORDS)
    )


def test_said_first_it_is_fine() -> None:
    assert codes(DISCLOSED, NAMED, WORDS) == set()


PROVED = (
    DISCLOSED.replace("to: details", "to: prove")
    + """
prove:
  type: verify_factor
  questions: {pin: {prompt: pin, length: 4}}
  match: details
  locked: message
  unavailable: message
  no_input: {prompt: again, to: message}
  no_match: {prompt: again, to: message}
"""
)
ASKS = {**WORDS, "pin": {"text": "Your PIN, please."}}


def test_it_may_wait_until_a_factor_is_proved() -> None:
    assert codes(PROVED, NAMED, ASKS) == set()


def test_then_it_comes_first() -> None:
    something_else = PROVED.replace("prompt: mini-miranda", "prompt: again")
    assert "nodes.details" in only("F702", linted(something_else, NAMED, ASKS))
