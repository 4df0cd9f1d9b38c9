from tests.unit.flows.lint.linting import linted, only


def test_a_prompt_that_is_not_there_is_found_with_what_may_be_meant() -> None:
    found = only("F103", linted("done: {type: hangup, prompt: dome}"))
    assert "nodes.done.prompt: there is no prompt 'dome'; did you mean 'done'" in found


def test_so_is_one_that_should_be_a_segment_of_the_profile() -> None:
    found = linted(head="profile: us-general\nsegments: {identification: helo, voicemail: message}")
    assert "segments.identification: there is no prompt 'helo'" in only("F103", found)
