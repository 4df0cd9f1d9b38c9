from pathlib import Path

from ivr.telephony.speech_line import SpeechLine, medium_of, split_by_presence


def test_a_playback_leads_back_to_its_speech_once() -> None:
    line = SpeechLine("call-1")
    playback_id = line.begin(7)

    assert line.end(playback_id) == 7
    assert line.end(playback_id) is None


def test_a_speech_that_was_cut_does_not_end_any_more() -> None:
    line = SpeechLine("call-1")
    first, second = line.begin(1), line.begin(2)

    assert line.cut(1) == first
    assert line.cut(1) is None
    assert line.end(first) is None
    assert line.playback_ids == (second,)


def test_an_engine_that_takes_a_call_up_uses_other_playback_ids() -> None:
    assert SpeechLine("call-1").begin(1) != SpeechLine("call-1").begin(1)


def test_missing_files_are_told_apart(tmp_path: Path) -> None:
    there, missing = tmp_path / "a.wav", tmp_path / "b.wav"
    there.touch()

    assert split_by_presence([missing, there, there]) == ([there, there], [missing])


def test_asterisk_adds_the_ending_itself() -> None:
    assert medium_of(Path("/prompts/en/hello.wav")) == "sound:/prompts/en/hello"
