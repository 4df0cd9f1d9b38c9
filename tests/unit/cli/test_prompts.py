"""`ivr prompts`: what an administrator sees and does."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile
from typer.testing import CliRunner

from ivr.cli import app
from ivr.errors import ContentError

HUM = 'text=$(cat); cp hum.wav "$0"; test "$text" != Broken.'
"""A shell begins in a tenth of the time that Python takes, and there are hundreds of sentences."""
PROMPTS = """
prompts:
  goodbye: {text: Goodbye.}
  due: {tier: verified, text: "You owe {{ account.amount_due | money }}."}
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with content of its own and an engine that hums."""
    root = Path(__file__).parents[3]
    for folder in ("prompts/en", "config"):
        (tmp_path / folder).mkdir(parents=True)
    for folder in ("dialplans", "alert_rules", "config/compliance"):
        (tmp_path / folder).symlink_to(root / folder)
    for file in (root / "prompts/en").glob("*.yaml"):
        (tmp_path / "prompts/en" / file.name).symlink_to(file)
    (tmp_path / "prompts/en/own.yaml").write_text(PROMPTS.replace("goodbye", "farewell"))
    soundfile.write(tmp_path / "hum.wav", 0.2 * np.sin(np.arange(4000) / 4), 8000)
    command = json.dumps(["sh", "-c", HUM, "{output}"])
    (tmp_path / "config/ivr.toml").write_text(
        f'[speech]\nengines = ["hum"]\n[speech.external.hum]\ncommand = {command}\n'
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IVR_HOME", str(tmp_path / "home"))
    return tmp_path


def test_the_list_tells_why(place: Path) -> None:
    result = CliRunner().invoke(app, ["prompts", "list", "--json"])
    prompts = {prompt["name"]: prompt for prompt in json.loads(result.stdout)["prompts"]}
    assert prompts["farewell"]["parts"] == [
        {"sound": "speech", "wording": "Goodbye.", "why": "there is no farewell.wav"}
    ]
    assert prompts["due"]["tier"] == "verified"


def test_no_name_is_cut_where_the_terminal_is_narrow(place: Path) -> None:
    result = CliRunner().invoke(app, ["prompts", "list", "--why", "--language", "en"], env={"COLUMNS": "80"})
    rows = (line.split("│") for line in result.stderr.splitlines())
    names = "".join(row[2].strip() for row in rows if len(row) > 2)
    assert "overdue-menu-saved-method" in names
    assert "…" not in names


def test_the_list_has_the_number_that_each_is_recorded_under(place: Path) -> None:
    result = CliRunner().invoke(app, ["prompts", "list", "--json"])
    numbers = {prompt["name"]: prompt["number"] for prompt in json.loads(result.stdout)["prompts"]}
    assert (numbers["goodbye"], numbers["due"]) == ("623241", None)


def test_rendering_makes_everything_that_is_known(place: Path) -> None:
    result = CliRunner().invoke(app, ["prompts", "render", "--json"])
    told = json.loads(result.stdout)
    assert (told["failed"], told["unwell_engines"]) == (0, 0)
    assert len(list((place / "home/speech").glob("??/*.wav"))) == told["sounds"]


def test_rendering_fails_when_a_text_can_not_be_spoken(place: Path) -> None:
    (place / "prompts/en/own.yaml").write_text("prompts: {broken: {text: Broken.}}\n")
    result = CliRunner().invoke(app, ["prompts", "render", "--json"])
    assert (result.exit_code, json.loads(result.stdout)["failed"]) == (1, 1)


def test_an_imported_recording_is_in_the_list(place: Path) -> None:
    soundfile.write(place / "farewell.ogg", 0.2 * np.sin(np.arange(44100) / 20), 44100)
    result = CliRunner().invoke(app, ["prompts", "import", "farewell.ogg", "--language", "en", "--json"])
    assert json.loads(result.stdout)["imported"][0]["prompt"] == "farewell"
    listed = CliRunner().invoke(app, ["prompts", "list", "--json"])
    prompts = {prompt["name"]: prompt for prompt in json.loads(listed.stdout)["prompts"]}
    assert prompts["farewell"]["parts"][0]["sound"] == "recording"


def test_a_recording_of_no_prompt_is_refused(place: Path) -> None:
    soundfile.write(place / "unknown.wav", 0.2 * np.sin(np.arange(44100) / 20), 44100)
    result = CliRunner().invoke(app, ["prompts", "import", "unknown.wav", "--language", "en"])
    assert isinstance(result.exception, ContentError)
