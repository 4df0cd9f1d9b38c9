from tests.unit.flows.lint.linting import VERIFIED, codes, linted, only

GENERAL = "profile: us-general\nsegments: {%svoicemail: message}"
NAMED = GENERAL % "identification: hello, "


def test_a_flow_that_names_no_prompt_for_it_is_found() -> None:
    found = only("F701", linted(VERIFIED, GENERAL % ""))
    assert "47 CFR 64.1200(b)(1) requires the name of the business that is calling" in found


def test_a_prompt_that_does_not_tell_the_name_is_found() -> None:
    found = only("F701", linted(VERIFIED, NAMED, {"hello": {"text": "If it is you, press 1."}}))
    assert "segments.identification: 'hello' does not tell company.name" in found


def test_something_else_said_first_is_found() -> None:
    chat = f"{VERIFIED}chat: {{type: say, prompt: again, next: hello}}"
    found = only("F701", linted(chat, f"{NAMED}\nstart: chat"))
    assert "nodes.chat: the name of the business that is calling must come here first" in found


def test_said_first_it_is_fine() -> None:
    assert codes(VERIFIED, NAMED) == set()
