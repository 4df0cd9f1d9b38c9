from tests.unit.flows.lint.linting import VERIFIED, linted, only

NAMED = "profile: us-general\nsegments: {identification: hello, voicemail: message, recording: %s}"


def test_a_recorded_flow_that_names_no_prompt_for_it_is_found() -> None:
    head = "profile: us-general\nsegments: {identification: hello, voicemail: message}"
    found = only("F706", linted(VERIFIED, head, recorded=["test"]))
    assert "requires that the call is recorded, and no prompt is named for it" in found


def test_a_question_before_it_was_said_is_found() -> None:
    found = only("F706", linted(VERIFIED, NAMED % "done", recorded=["test"]))
    assert "that the call is recorded must come here first" in found


def test_a_flow_that_says_it_at_the_first_question_is_fine() -> None:
    assert linted(VERIFIED, NAMED % "hello", recorded=["test"]) == ()


def test_a_flow_that_is_not_recorded_needs_to_say_nothing() -> None:
    assert (
        linted(VERIFIED, "profile: us-general\nsegments: {identification: hello, voicemail: message}") == ()
    )


def test_a_flow_without_a_profile_needs_to_say_nothing() -> None:
    assert "F706" not in {finding.code for finding in linted(VERIFIED, recorded=["test"])}
