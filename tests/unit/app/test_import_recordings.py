"""Recordings come in all together or not at all, under the names of prompts that can have one."""

from __future__ import annotations

from pathlib import Path, PurePath

import numpy as np
import pytest
import soundfile

from ivr.app.import_recordings import import_recordings
from ivr.content_file import parse_content
from ivr.errors import ContentError
from ivr.prompts.catalogue import Catalogue
from ivr.prompts.load_catalogue import load_catalogue
from ivr.prompts.segment import ClipSegment

PROMPTS = """
prompts:
  goodbye: {text: Goodbye.}
  hello: {text: Hello.}
  amount: {text: "{{ amount | money }}"}
  spoken: {text: Spoken., tts: always}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "prompts"
    (folder / "en").mkdir(parents=True)
    return folder


def catalogue(clips: list[PurePath] | None = None) -> Catalogue:
    return load_catalogue([parse_content(PROMPTS, "prompts/en/common.yaml")], clips or [])


def recording(folder: Path, name: str, seconds: float = 1) -> Path:
    folder.mkdir(exist_ok=True)
    soundfile.write(folder / name, 0.2 * np.sin(np.arange(int(44100 * seconds)) / 20), 44100)
    return folder / name


def test_a_recording_is_heard_from_then_on(tmp_path: Path, folder: Path) -> None:
    (new,) = import_recordings(catalogue(), folder, [recording(tmp_path, "goodbye.mp3")], "en")
    assert (new.prompt, new.language, new.file, new.replaced) == (
        "goodbye",
        "en",
        folder / "en" / "goodbye.wav",
        False,
    )
    heard = catalogue([new.file]).render("goodbye", "en", {})
    assert heard == (ClipSegment(new.file, "Goodbye.", "en"),)


def test_the_language_is_that_of_the_folder_unless_it_is_said(tmp_path: Path, folder: Path) -> None:
    (new,) = import_recordings(catalogue(), folder, [recording(tmp_path / "en", "hello.wav")], None)
    assert new.file == folder / "en" / "hello.wav"


def test_a_new_recording_replaces_the_old_one(tmp_path: Path, folder: Path) -> None:
    recording(folder / "en", "goodbye.wav")
    (new,) = import_recordings(catalogue(), folder, [recording(tmp_path, "goodbye.wav", 2)], "en")
    assert new.replaced
    assert soundfile.info(new.file).duration > 2


@pytest.mark.parametrize(
    ("name", "language", "told"),
    [
        ("farewell.wav", "en", "there is no prompt 'farewell' in 'en'"),
        ("goodbye.wav", "es", "there is no prompt 'goodbye' in 'es'"),
        ("goodbye.wav", "xx", "the language is not known; say --language, one of en, es, fr"),
        ("amount.wav", "en", "the prompt 'amount' has slots, which no recording can fill"),
        ("spoken.wav", "en", "the prompt 'spoken' is always spoken"),
    ],
)
def test_a_recording_nobody_would_hear_is_refused(
    tmp_path: Path, folder: Path, name: str, language: str, told: str
) -> None:
    with pytest.raises(ContentError, match=told):
        import_recordings(catalogue(), folder, [recording(tmp_path, name)], language)


def test_one_that_can_not_be_used_keeps_all_out_and_each_reason_is_told(tmp_path: Path, folder: Path) -> None:
    files = [
        recording(tmp_path, "goodbye.wav"),
        recording(tmp_path, "goodbye.flac"),
        recording(tmp_path, "hello.wav", 0.05),
    ]
    with pytest.raises(ContentError) as error:
        import_recordings(catalogue(), folder, files, "en")
    assert [problem.wrong for problem in error.value.problems] == [
        "another file is for goodbye.wav, too",
        "there is sound for less than 0.3 s, which is no word",
    ]
    assert list(folder.rglob("*")) == [folder / "en"]
