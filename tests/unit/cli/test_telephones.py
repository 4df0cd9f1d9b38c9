"""`ivr check` says of each telephone whether it reaches help."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ivr.cli import app

SETTINGS = """
[emergency]
trunk = "carrier"

[[softphones]]
username = "desk"
number = "+12025550123"

[[softphones]]
username = "front"
number = "+12025550124"
location = "12 Main St"
location_number = "+12025550190"
"""


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IVR_HOME", str(tmp_path / "home"))
    file = tmp_path / "config" / "ivr.toml"
    file.parent.mkdir()
    file.write_text(SETTINGS, "utf-8")
    return file


def test_it_is_said_to_people(settings: Path) -> None:
    said = CliRunner().invoke(app, ["--config", str(settings), "check"], catch_exceptions=False).stderr
    assert "Telephone 'desk' does NOT reach 911, and cannot dial out at all: it has no `location`." in said
    assert "These telephones reach 911, and nothing else outside: front." in said


def test_it_is_said_to_programs(settings: Path) -> None:
    command = ["--config", str(settings), "check", "--json"]
    told = json.loads(CliRunner().invoke(app, command, catch_exceptions=False).stdout)["telephones"]
    assert ["desk" in told[0], "front" in told[1]] == [True, True]
