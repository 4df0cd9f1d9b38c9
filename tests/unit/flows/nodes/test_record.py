import pytest

from ivr.errors import ContentError
from ivr.flows.effects import RecordVoice
from tests.unit.flows.rehearsal import Rehearsal, flow_of, for_anyone, rehearse

CATALOGUE = for_anyone("speak", "judge", "nothing", "done", "failed")
NODES = """
record:
  type: record
  prompt: speak
  variable: remark
  max_seconds: 30
  review: {prompt: judge}
  response: problem_reported
  attempts: 2
  next: done
  failed: failed
  no_match: {prompt: nothing, to: failed}
done: {type: hangup, prompt: done}
failed: {type: hangup, prompt: failed}
"""
KEPT = "respond problem_reported {'recording': 'r1'}"


@pytest.fixture
def call() -> Rehearsal:
    return rehearse(flow_of(NODES, CATALOGUE), CATALOGUE).listens()


def test_after_the_prompt_it_records_with_a_beep(call: Rehearsal) -> None:
    assert call.turn.state.effect == RecordVoice(2, 30.0, 3.0, beep=True, end_key="#")


def test_a_key_during_the_prompt_begins_at_once() -> None:
    call = rehearse(flow_of(NODES, CATALOGUE), CATALOGUE).presses("1")
    assert call.transcript[-1] == "record voice"


def test_it_is_accepted_with_a_key(call: Rehearsal) -> None:
    call.learns("recorded", recording="r1").listens().presses("1")
    assert KEPT in call.transcript
    assert call.heard == ["speak", "judge", "done"]
    assert call.turn.state.gathered == {"remark": "r1"}


def test_it_can_be_heard_before(call: Rehearsal) -> None:
    call.learns("recorded", recording="r1").listens().presses("3").listens().presses("1")
    assert "replay record: r1" in call.transcript
    assert call.heard == ["speak", "judge", "judge", "done"]


def test_it_can_be_made_again(call: Rehearsal) -> None:
    call.learns("recorded", recording="r0").listens().presses("2").listens()
    call.learns("recorded", recording="r1").listens().presses("1")
    assert KEPT in call.transcript
    assert not any("'r0'" in line for line in call.transcript)


def test_silence_during_the_review_accepts(call: Rehearsal) -> None:
    call.learns("recorded", recording="r1").stays_silent(2)
    assert KEPT in call.transcript
    assert call.heard[-1] == "done"


def test_a_hang_up_during_the_review_keeps_it(call: Rehearsal) -> None:
    call.learns("recorded", recording="r1").listens().hangs_up()
    assert KEPT in call.transcript
    assert "respond hung_up" not in call.transcript


def test_a_hang_up_while_it_records_keeps_what_was_said(call: Rehearsal) -> None:
    call.hangs_up()
    assert KEPT in call.learns("recorded", recording="r1").transcript


def test_after_a_drop_it_is_asked_for_again_with_its_prompt(call: Rehearsal) -> None:
    call.is_picked_up()
    assert call.listens().heard == ["speak", "sorry", "speak"]
    assert call.transcript[-1] == "record voice"


def test_an_empty_one_is_asked_for_again_then_left(call: Rehearsal) -> None:
    call.learns("empty").listens().learns("empty")
    assert call.heard == ["speak", "nothing + speak", "failed"]


def test_what_can_not_be_recorded_has_its_way(call: Rehearsal) -> None:
    assert call.learns("failed").heard[-1] == "failed"


def test_without_a_review_it_goes_on_at_once() -> None:
    call = rehearse(flow_of(NODES.replace("  review: {prompt: judge}\n", ""), CATALOGUE), CATALOGUE).listens()
    assert call.learns("recorded", recording="r1").heard[-1] == "done"
    assert KEPT in call.transcript


STUDIO = NODES.replace("{prompt: judge}", "{prompt: judge, replay: true, unjudged: left}") + (
    "left: {type: hangup, prompt: done, reason: left}\n"
)


@pytest.fixture
def studio() -> Rehearsal:
    return rehearse(flow_of(STUDIO, CATALOGUE), CATALOGUE).listens().learns("recorded", recording="r1")


def test_it_may_be_heard_before_it_is_judged(studio: Rehearsal) -> None:
    assert studio.transcript[-1] == "replay record: r1"
    assert studio.listens().presses("1").heard == ["speak", "judge", "done"]
    assert KEPT in studio.transcript


def test_a_key_during_that_judges_at_once(studio: Rehearsal) -> None:
    assert studio.presses("2").heard == ["speak", "speak"]


@pytest.mark.parametrize("leaves", ["silence", "hang-up"])
def test_where_only_a_key_accepts_nothing_else_does(studio: Rehearsal, leaves: str) -> None:
    if leaves == "silence":
        assert studio.stays_silent(2).listens().transcript[-1] == "hang up: left"
    else:
        studio.listens().hangs_up()
    assert KEPT not in studio.transcript


def test_where_only_a_key_accepts_a_hang_up_while_it_records_keeps_nothing() -> None:
    call = rehearse(flow_of(STUDIO, CATALOGUE), CATALOGUE).listens().hangs_up()
    assert KEPT not in call.learns("recorded", recording="r1").transcript


def test_a_recording_promises_nothing() -> None:
    with pytest.raises(ContentError, match="nobody can read a day from a recording"):
        flow_of(NODES.replace("problem_reported", "promised"), CATALOGUE)


def test_a_way_for_silence_is_refused_for_silence_accepts() -> None:
    with pytest.raises(
        ContentError, match="silence accepts a recording and goes on at `next:`; remove `to:`"
    ):
        flow_of(NODES.replace("no_match:", "no_input: {to: failed}\n  no_match:"), CATALOGUE)


def test_two_keys_alike_are_refused() -> None:
    with pytest.raises(ContentError, match=r"key 1 is used twice, by `review\.accept` and `review\.hear`"):
        flow_of(NODES.replace("{prompt: judge}", "{prompt: judge, hear: 1}"), CATALOGUE)


HEAD = "manners: {repeat: 8}\nkeys: {9: failed}"


def test_keys_of_the_whole_flow_work_in_the_review_and_keep_what_was_said() -> None:
    call = rehearse(flow_of(NODES, CATALOGUE, HEAD), CATALOGUE).listens().learns("recorded", recording="r1")
    assert call.listens().presses("8").heard[-2:] == ["judge", "judge"]
    assert call.listens().presses("9").heard[-1] == "failed"
    assert KEPT in call.transcript


def test_while_it_is_heard_again_any_other_key_goes_back_to_the_review() -> None:
    call = rehearse(flow_of(NODES, CATALOGUE, HEAD), CATALOGUE).listens().learns("recorded", recording="r1")
    assert call.listens().presses("35").listens().heard[-1] == "judge"
    assert call.presses("1").heard[-1] == "done"


def test_they_work_before_the_beep_and_record_nothing() -> None:
    call = rehearse(flow_of(NODES, CATALOGUE, HEAD), CATALOGUE).presses("8")
    assert call.heard == ["speak", "speak"]
    assert call.presses("9").heard[-1] == "failed"
    assert "record voice" not in call.transcript
