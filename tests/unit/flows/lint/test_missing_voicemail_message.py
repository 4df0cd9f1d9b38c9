from tests.unit.flows.lint.linting import VERIFIED, codes, linted, only

NAMED = "profile: us-general\nsegments: {identification: hello, voicemail: message}"


def test_a_flow_that_names_no_prompt_for_it_is_found() -> None:
    assert only("F703", linted(VERIFIED, "profile: us-general\nsegments: {identification: hello}"))


def test_silence_that_leads_to_something_else_is_found() -> None:
    other = VERIFIED.replace(
        "message: {type: hangup, prompt: message}", "message: {type: hangup, prompt: done}"
    )
    found = only("F703", linted(other, NAMED))
    assert "nodes.message: the name and the telephone number of the business must come here first" in found


def test_silence_that_leads_nowhere_is_found() -> None:
    nowhere = VERIFIED.replace(", to: message", "").replace("message: {type: hangup, prompt: message}\n", "")
    assert "nodes.hello:" in only("F703", linted(nowhere, NAMED))


def test_a_message_without_the_number_is_found() -> None:
    found = only("F703", linted(VERIFIED, NAMED, {"message": {"text": "Call {{ company.name }}."}}))
    assert "'message' does not tell company.phone" in found


def test_a_message_that_reveals_the_debt_is_found() -> None:
    debt = """
profile: us-debt-collection
segments: {identification: hello, limited-content: message, disclosure: again}
"""
    told = "{{ company.name }}, {{ company.phone }}, about {{ alert.topic }}. Call {{ company.phone }}."
    quiet = VERIFIED.replace("prompt: amount", "prompt: again")
    found = only("F703", linted(quiet, debt, {"message": {"text": told}}))
    assert "'message' tells alert.topic (12 CFR 1006.2(j))" in found


def test_the_right_message_is_fine() -> None:
    assert codes(VERIFIED, NAMED) == set()
