"""`ivr go-live`, `stop-all`, `resume-all`, `status`, as people and programs give them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from ivr.cli import app


@pytest.fixture(autouse=True)
def in_an_empty_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IVR_HOME", str(tmp_path / "home"))


def ivr(*words: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(app, words, input=typed, catch_exceptions=False)


def told(*words: str) -> dict[str, Any]:
    done = ivr(*words, "--json")
    assert done.exit_code == 0, done.stderr
    data: dict[str, Any] = json.loads(done.stdout)
    return data


def test_at_first_nothing_is_live_nothing_is_stopped_and_there_is_no_attempt() -> None:
    assert told("status") == {"live": False, "stopped": False, "attempts": {}, "dispositions": {}}


def test_going_live_says_what_will_ring_and_asks_first() -> None:
    asked = ivr("go-live", typed="n\n")
    assert asked.exit_code == 1
    assert "real telephones will ring: +1." in asked.stderr
    assert "the simulated network until [dialing] trunk names a trunk of yours" in asked.stderr
    assert not told("status")["live"]

    assert ivr("go-live", typed="y\n").exit_code == 0
    assert told("status")["live"]


def test_a_program_goes_live_without_being_asked() -> None:
    assert told("go-live", "--yes") == {"live": True}
    assert told("status")["live"]


def test_what_was_stopped_is_stopped_until_it_is_taken_back() -> None:
    assert told("stop-all") == {"stopped": True}
    assert told("status")["stopped"]
    assert told("resume-all") == {"stopped": False}
    assert not told("status")["stopped"]


def test_people_read_sentences_and_standard_output_stays_empty() -> None:
    stopped, resumed, status = (ivr(word) for word in ("stop-all", "resume-all", "status"))
    assert "No more calls are placed until `ivr resume-all`." in stopped.stderr
    assert "Calls are placed again." in resumed.stderr
    assert "attempts" in status.stderr
    assert (stopped.stdout, resumed.stdout, status.stdout) == ("", "", "")
