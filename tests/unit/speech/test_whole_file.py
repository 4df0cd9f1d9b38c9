from pathlib import Path

import numpy as np
import pytest
import soundfile

from ivr.speech.apology import apology
from ivr.speech.whole_file import is_whole


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    file = tmp_path / "a.wav"
    soundfile.write(file, np.zeros(8000), 8000, subtype="PCM_16")
    return file


def test_a_file_as_it_was_written_is_whole(sound: Path) -> None:
    assert is_whole(sound)
    assert is_whole(apology("en"))


def test_a_file_that_lost_its_end_is_not(sound: Path) -> None:
    sound.write_bytes(sound.read_bytes()[:-2])
    assert not is_whole(sound)


@pytest.mark.parametrize("content", [b"", b"no sound at all" * 10])
def test_what_is_no_sound_is_not(sound: Path, content: bytes) -> None:
    sound.write_bytes(content)
    assert not is_whole(sound)


def test_a_header_alone_is_not(sound: Path) -> None:
    sound.write_bytes(sound.read_bytes()[:44])
    assert not is_whole(sound)


def test_what_is_not_there_or_no_file_is_not(tmp_path: Path) -> None:
    assert not is_whole(tmp_path / "nowhere.wav")
    assert not is_whole(tmp_path)
