"""Who speaks is a setting, and a mistake in it is told in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.errors import ContentError
from ivr.settings import load_settings

PIPER = """
[speech]
engines = ["piper", "pyttsx3"]

[speech.pyttsx3]
voices = { "es/announcer" = "es-419+m3" }

[speech.external.piper]
command = ["piper", "--model", "{voice}", "--output_file", "{output}"]
voices = { en = "en_US-amy.onnx" }
"""


def settings_file(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "config" / "ivr.toml"
    file.parent.mkdir()
    file.write_text(text)
    return file


def test_pyttsx3_speaks_unless_told_otherwise() -> None:
    assert load_settings(None, {}).speech.engines == ("pyttsx3",)


def test_a_command_can_come_first(tmp_path: Path) -> None:
    speech = load_settings(settings_file(tmp_path, PIPER), {}).speech
    assert speech.engines == ("piper", "pyttsx3")
    assert speech.external["piper"].timeout_seconds == 10


def test_a_new_voice_leaves_the_others_as_they_are(tmp_path: Path) -> None:
    voices = load_settings(settings_file(tmp_path, PIPER), {}).speech.pyttsx3.voices
    assert voices["es/announcer"] == "es-419+m3"
    assert voices["en"] == "en-us"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ('[speech]\nengines = ["piper"]\n', "there is no speech engine 'piper'; use pyttsx3, or write"),
        ('[speech]\nengines = ["pyttsx3", "pyttsx3"]\n', "an engine is there twice; name each once"),
        ("[speech]\nengines = []\n", "ivr.toml:2: speech.engines:"),
        ("[speech.external.piper]\ncommand = []\n", "ivr.toml:2: speech.external.piper.command:"),
    ],
)
def test_a_mistake_is_told(tmp_path: Path, wrong: str, told: str) -> None:
    with pytest.raises(ContentError) as error:
        load_settings(settings_file(tmp_path, wrong), {})
    assert told in str(error.value)
