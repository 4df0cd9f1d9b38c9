"""Who gets into the studio, and what becomes of what is recorded there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from structlog.testing import capture_logs

from ivr.app.content import content_folders
from ivr.app.studio import SettingsStudio, read_pin
from ivr.engine.bulletin import with_bulletin
from ivr.errors import ContentError, SpeechError
from ivr.settings import Settings, StudioSettings
from ivr.sources.content_bundle import read_bundle

ROOT = Path(__file__).parents[3]


def with_pin(file: Path, text: str = "271828\n", mode: int = 0o600) -> Settings:
    file.write_text(text)
    file.chmod(mode)
    return Settings(base=ROOT, studio=StudioSettings(pin_file=file))


def test_the_pin_is_what_the_file_holds(tmp_path: Path) -> None:
    settings = with_pin(tmp_path / "pin")
    assert read_pin(settings) == SettingsStudio(settings).pin() == "271828"


def test_without_a_file_the_studio_is_closed() -> None:
    assert SettingsStudio(Settings()).pin() is None


@pytest.mark.parametrize(
    ("text", "mode", "wrong"),
    [
        ("271828", 0o640, "others may read"),
        ("271828", 0o604, "others may read"),
        ("12345", 0o600, "holds no PIN"),
        ("1234567890123", 0o600, "holds no PIN"),
        ("secret", 0o600, "holds no PIN"),
        ("", 0o600, "holds no PIN"),
    ],
)
def test_a_file_that_can_not_be_used_is_told_and_closes_it(
    tmp_path: Path, text: str, mode: int, wrong: str
) -> None:
    settings = with_pin(tmp_path / "pin", text, mode)
    with pytest.raises(ContentError, match=wrong) as caught:
        read_pin(settings)
    assert text not in str(caught.value) or not text
    with capture_logs() as logs:
        assert SettingsStudio(settings).pin() is None
    assert [entry["event"] for entry in logs] == ["the studio is closed"]


def test_a_file_that_is_not_there_is_told_and_closes_it(tmp_path: Path) -> None:
    settings = Settings(studio=StudioSettings(pin_file=tmp_path / "nowhere"))
    with pytest.raises(ContentError, match="can't be read"):
        read_pin(settings)


async def test_a_recording_is_made_fit_for_the_telephone(tmp_path: Path) -> None:
    moments = np.arange(3 * 8000) / 8000
    said = 0.02 * np.sin(2 * np.pi * 440 * moments) * (moments > 1) * (moments < 2)
    soundfile.write(tmp_path / "take.wav", said, 8000)
    prompt = tmp_path / "prompt.wav"
    prompt.write_bytes(await SettingsStudio(Settings()).as_prompt(tmp_path / "take.wav"))
    samples, _ = soundfile.read(prompt)
    assert samples.size / 8000 == pytest.approx(1.3, abs=0.1), "the silence around it is cut"
    assert np.abs(samples).max() > 0.1, "it is as loud as all speech"


async def test_what_is_no_prompt_is_refused(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "take.wav", np.zeros(8000), 8000)
    with pytest.raises(SpeechError, match="no sound"):
        await SettingsStudio(Settings()).as_prompt(tmp_path / "take.wav")


async def test_what_is_to_be_published_is_checked_as_a_whole() -> None:
    settings = Settings(base=ROOT)
    studio, files = SettingsStudio(settings), read_bundle(content_folders(settings))
    await studio.check(with_bulletin(files, "en", "We are closed today.", None, None))
    with pytest.raises(ContentError, match=r"customer\.name"):
        await studio.check(with_bulletin(files, "en", "Dear {{ customer.name }}.", None, None))
    with pytest.raises(ContentError, match="has slots"):
        await studio.check({**files, "prompts/en/overdue-identify.wav": b"RIFF"})
