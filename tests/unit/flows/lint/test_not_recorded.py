from tests.unit.flows.lint.linting import linted, only

CLIP = "done: {type: play, clip: done, next: bye}\nbye: {type: hangup, prompt: done}"


def test_a_clip_that_is_played_and_was_never_recorded_is_found() -> None:
    assert "'done' has no recording in en" in only("F108", linted(CLIP))
