from pathlib import Path

import pytest

from ivr.engine.telephony import SpeechBroke
from ivr.telephony.speech_line import SpeechLine, medium_of
from tests.unit.telephony.events import second

SECOND_BYTES = 16_000


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Two prompts of a second each."""
    files = [tmp_path / "a.wav", tmp_path / "b.wav"]
    for file in files:
        file.write_bytes(bytes(SECOND_BYTES))
    return files


def test_a_playback_leads_back_to_its_speech_once(files: list[Path]) -> None:
    line = SpeechLine("call-1")
    playback_id = line.begin(7, files)

    assert line.end(playback_id) == 7
    assert line.end(playback_id) is None


def test_a_speech_that_was_cut_does_not_end_any_more(files: list[Path]) -> None:
    line = SpeechLine("call-1")
    first, second_one = line.begin(1, files), line.begin(2, files)

    assert line.cut(1) == first
    assert line.cut(1) is None
    assert line.end(first) is None
    assert line.playback_ids == (second_one,)


def test_an_engine_that_takes_a_call_up_uses_other_playback_ids(files: list[Path]) -> None:
    assert SpeechLine("call-1").begin(1, files) != SpeechLine("call-1").begin(1, files)


def test_a_speech_that_is_said_again_has_a_playback_of_its_own(files: list[Path]) -> None:
    line = SpeechLine("call-1")
    assert line.begin(1, files) != line.begin(1, files)


def test_files_that_take_their_time_were_heard(files: list[Path]) -> None:
    line = SpeechLine("call-1")
    playback_id = line.begin(1, files)
    for start, file in enumerate(files):
        line.file_begins(playback_id, medium_of(file), second(start))
        assert line.file_ends(playback_id, second(start + 1)) is None
    assert line.end(playback_id) == 1


@pytest.mark.parametrize("position", [0, 1])
def test_a_file_that_is_over_too_soon_was_not_heard_and_is_told_once(
    files: list[Path], position: int
) -> None:
    line = SpeechLine("call-1")
    playback_id = line.begin(1, files)
    line.file_begins(playback_id, medium_of(files[position]), second(3))

    assert line.file_ends(playback_id, second(3.002)) == SpeechBroke(1, position)
    assert line.file_ends(playback_id, second(3.002)) is None
    assert line.end(playback_id) is None


def test_a_file_that_is_not_there_has_to_take_no_longer_than_a_word(tmp_path: Path) -> None:
    line = SpeechLine("call-1")
    playback_id = line.begin(1, [missing := tmp_path / "missing.wav"])
    line.file_begins(playback_id, medium_of(missing), second(1))
    assert line.file_ends(playback_id, second(1.001)) == SpeechBroke(1, 0)


def test_one_file_twice_is_told_apart(files: list[Path]) -> None:
    line = SpeechLine("call-1")
    playback_id = line.begin(1, [files[0], files[1], files[0]])
    for start, file in enumerate((files[0], files[1])):
        line.file_begins(playback_id, medium_of(file), second(start))
        line.file_ends(playback_id, second(start + 1))
    line.file_begins(playback_id, medium_of(files[0]), second(2))
    assert line.file_ends(playback_id, second(2)) == SpeechBroke(1, 2)


def test_nothing_is_concluded_about_a_file_whose_beginning_was_not_told(files: list[Path]) -> None:
    line = SpeechLine("call-1")
    playback_id = line.begin(1, files)
    assert line.file_ends(playback_id, second(0)) is None
    assert line.end(playback_id) == 1


def test_a_speech_that_broke_can_still_be_taken_off_the_line(files: list[Path]) -> None:
    line = SpeechLine("call-1")
    playback_id = line.begin(1, files)
    line.breaks(playback_id)
    assert line.cut(1) == playback_id


def test_asterisk_adds_the_ending_itself() -> None:
    assert medium_of(Path("/prompts/en/hello.wav")) == "sound:/prompts/en/hello"
