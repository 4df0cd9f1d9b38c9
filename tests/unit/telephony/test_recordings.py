"""Recordings go from the switch's folder into one of ours."""

from pathlib import Path

import pytest

from ivr.errors import RecordingError, SpeechError
from ivr.telephony.recordings import SpoolRecordings

NAME = "0123456789abcdef" * 2


def seconds_of(file: Path) -> float:
    if file.read_bytes() == b"no sound file":
        raise SpeechError("it can't be read as sound")
    return 2.5


def files_in(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir()]


@pytest.fixture
def spool(tmp_path: Path) -> Path:
    folder = tmp_path / "spool"
    folder.mkdir()
    (folder / f"{NAME}.wav").write_bytes(b"hello")
    return folder


@pytest.fixture
def recordings(tmp_path: Path, spool: Path) -> SpoolRecordings:
    return SpoolRecordings(spool, tmp_path / "kept", seconds_of)


async def test_a_recording_moves_into_keeping_where_only_its_owner_reads_it(
    recordings: SpoolRecordings, spool: Path
) -> None:
    assert await recordings.take(NAME) == 2.5
    kept = recordings.file(NAME)
    assert kept.read_bytes() == b"hello"
    assert (kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert files_in(spool) == []


async def test_what_was_taken_before_stays_as_it_is(recordings: SpoolRecordings) -> None:
    await recordings.take(NAME)
    assert await recordings.take(NAME) == 2.5


async def test_a_recording_that_is_not_there_is_told(recordings: SpoolRecordings) -> None:
    with pytest.raises(RecordingError, match="can't be kept"):
        await recordings.take("f" * 32)


async def test_what_is_no_sound_is_told(recordings: SpoolRecordings, spool: Path) -> None:
    (spool / f"{NAME}.wav").write_bytes(b"no sound file")
    with pytest.raises(RecordingError, match="can't be read as sound"):
        await recordings.take(NAME)


async def test_without_a_shared_folder_the_way_to_one_is_told(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="recording_folder"):
        await SpoolRecordings(None, tmp_path / "kept", seconds_of).take(NAME)


async def test_a_recording_is_dropped_wherever_it_is(recordings: SpoolRecordings, spool: Path) -> None:
    await recordings.drop(NAME)
    assert files_in(spool) == []
    await recordings.drop(NAME)


@pytest.mark.parametrize("name", ["", "../secret", "a/b", NAME + "\n", NAME.upper()])
def test_what_is_no_name_of_ours_leads_nowhere(recordings: SpoolRecordings, name: str) -> None:
    with pytest.raises(RecordingError, match="no name"):
        recordings.file(name)
