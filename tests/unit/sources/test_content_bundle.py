"""A version is written out while an engine may be at work from the same files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ivr.sources.content_bundle import write_bundle

FILES = {"prompts/en/common.yaml": b"words", "prompts/en/hello.wav": b"sound"}


def test_what_is_there_and_alike_is_not_touched(tmp_path: Path) -> None:
    write_bundle(FILES, tmp_path)
    for path in FILES:
        os.utime(tmp_path / path, (1, 1))
    write_bundle(FILES, tmp_path)
    assert {(tmp_path / path).stat().st_mtime for path in FILES} == {1}


def test_what_is_not_alike_takes_its_place_whole(tmp_path: Path) -> None:
    """Whoever has the old file open reads it to its end."""
    write_bundle(FILES, tmp_path)
    with (tmp_path / "prompts/en/hello.wav").open("rb") as played:
        write_bundle({**FILES, "prompts/en/hello.wav": b"other"}, tmp_path)
        assert played.read() == b"sound"
    assert (tmp_path / "prompts/en/hello.wav").read_bytes() == b"other"


def test_what_can_not_be_written_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_bundle(FILES, tmp_path)

    def full(file: Path, body: bytes) -> int:
        with file.open("wb") as begun:
            begun.write(body[:2])
        raise OSError("no space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="no space left"):
        write_bundle({"prompts/en/hello.wav": b"other"}, tmp_path)
    found = {file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*") if file.is_file()}
    assert found == set(FILES)
    assert (tmp_path / "prompts/en/hello.wav").read_bytes() == b"sound"
