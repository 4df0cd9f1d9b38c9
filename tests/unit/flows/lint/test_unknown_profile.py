from tests.unit.flows.lint.linting import linted, only


def test_a_profile_that_is_not_there_is_found_with_those_that_are() -> None:
    found = only("F107", linted(head="profile: mars"))
    assert "there is no compliance profile 'mars'" in found
    assert "us-debt-collection, us-general" in found


def test_a_segment_that_the_profile_does_not_know_is_found() -> None:
    found = linted(head="profile: us-general\nsegments: {voice-mail: message}")
    assert "has no segment 'voice-mail'; use one of identification, voicemail" in only("F107", found)


def test_segments_without_a_profile_are_found() -> None:
    found = linted(head="segments: {identification: hello}")
    assert "a flow that names no profile has no segment 'identification'" in only("F107", found)
