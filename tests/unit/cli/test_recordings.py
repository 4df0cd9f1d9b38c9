"""Recordings are listed, exported and deleted by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ivr.calls.recording import Recording, RecordingKind
from ivr.cli import app
from ivr.cli.with_store import with_store
from ivr.engine.ports import NewCall
from ivr.errors import UsageError
from ivr.settings import Settings

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
KEPT = Recording("a" * 32, RecordingKind.CALL, "call-1", None, NOW, NOW + timedelta(days=30), NOW, 12.5)
BEING_MADE = replace(KEPT, id="b" * 32, ended_at=None, seconds=None)


@pytest.fixture(autouse=True)
def sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with two recordings; returns the file of the one that is whole."""
    home = tmp_path / "home"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IVR_HOME", str(home))
    call = NewCall("call-1", None, "inbound", "", "carrier", None, "desk", "v1", NOW)

    async def write(store: Any) -> None:
        await store.write(lambda tx: tx.calls.open(call))
        for recording in (KEPT, BEING_MADE):
            await store.write(lambda tx, each=recording: tx.recordings.add(each))

    with_store(Settings(home=home), write)
    file = home / "recordings" / f"{KEPT.id}.wav"
    file.parent.mkdir()
    file.write_bytes(b"sound")
    return file


def ivr(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["recordings", *arguments], catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


def listed(*options: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(ivr("list", "--json", *options))["recordings"]
    return found


def test_they_are_listed_with_call_times_and_length() -> None:
    first, second = listed()
    assert (first["id"], first["call_id"], first["seconds"]) == (KEPT.id, "call-1", 12.5)
    assert second["ended_at"] is None
    assert listed("--call", "another") == []


def test_one_is_exported_for_its_owner_alone(tmp_path: Path) -> None:
    told = json.loads(ivr("export", KEPT.id, "call.wav", "--json"))
    copy = tmp_path / "call.wav"
    assert told == {"recording": KEPT.id, "file": "call.wav"}
    assert (copy.read_bytes(), copy.stat().st_mode & 0o777) == (b"sound", 0o600)


def test_one_is_deleted_and_stays_in_the_books(sound: Path) -> None:
    ivr("delete", KEPT.id, "--json")
    assert not sound.exists()
    assert [each["id"] for each in listed()] == [BEING_MADE.id]
    gone = listed("--deleted")[0]
    assert gone["deleted_at"] is not None
    assert gone["deleted_by"]
    with pytest.raises(UsageError, match="was deleted at"):
        ivr("export", KEPT.id, "call.wav")


@pytest.mark.parametrize(("wanted", "told"), [("c" * 32, "There is no"), (BEING_MADE.id, "still being made")])
def test_what_is_not_there_or_not_whole_is_neither_exported_nor_deleted(wanted: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        ivr("export", wanted, "call.wav")
    with pytest.raises(UsageError, match=told):
        ivr("delete", wanted)
