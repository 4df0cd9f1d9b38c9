from tests.unit.flows.rehearsal import flow_of, for_anyone, rehearse

CATALOGUE = for_anyone("done")


def test_it_says_the_last_words_whatever_is_pressed_then_ends() -> None:
    flow = flow_of("end: {type: hangup, prompt: done, reason: paid}", CATALOGUE)
    assert rehearse(flow, CATALOGUE).presses("19").listens().transcript == ["say end: done", "hang up: paid"]


def test_without_words_it_ends_at_once() -> None:
    call = rehearse(flow_of("end: {type: hangup}", CATALOGUE), CATALOGUE)
    assert call.transcript == ["hang up: finished"]
    assert call.is_over
