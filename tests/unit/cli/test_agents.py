"""Agents on numbers outside get a PIN to log in with, and lose it, by hand."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ivr.cli import app
from ivr.errors import UsageError

REPOSITORY = Path(__file__).parents[3]
NUMBER, PIN = "+12025550124", "739158"
QUEUE = f"""
[[trunks]]
name = "provider"
host = "127.0.0.1"

[[queues]]
name = "support"
numbers = ["{NUMBER}"]
trunk = "provider"
"""


@pytest.fixture(autouse=True)
def _bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A data folder of one's own, with an agent who is elsewhere."""
    shutil.copytree(REPOSITORY / "config", tmp_path / "config")
    with (tmp_path / "config" / "ivr.toml").open("a", encoding="utf-8") as settings:
        settings.write(QUEUE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IVR_HOME", str(tmp_path / "home"))


def ivr(*arguments: str, keyed: str = "") -> Result:
    return CliRunner().invoke(app, arguments, input=keyed, catch_exceptions=False)


def test_a_pin_is_given_asked_for_twice_never_shown_and_taken_away(tmp_path: Path) -> None:
    done = ivr("agents", "pin", "4711", NUMBER, keyed=f"{PIN}\n{PIN}\n")
    assert done.exit_code == 0
    assert "Agent 4711 has a PIN now." in done.output
    assert PIN not in done.output
    assert not any(
        PIN.encode() in file.read_bytes() for file in (tmp_path / "home").iterdir() if file.is_file()
    )
    assert "no PIN any more" in ivr("agents", "forget", "4711").output
    with pytest.raises(UsageError, match="there is no agent '4711' with a PIN"):
        ivr("agents", "forget", "4711")


@pytest.mark.parametrize(
    ("agent_id", "number", "pin"),
    [
        ("4711", "+12025550199", PIN),
        ("47", NUMBER, PIN),
        ("4711", NUMBER, "1234"),
        ("4711", NUMBER, "123456"),
    ],
)
def test_a_number_of_no_queue_a_wrong_id_and_a_weak_pin_are_refused(
    agent_id: str, number: str, pin: str
) -> None:
    with pytest.raises(UsageError):
        ivr("agents", "pin", agent_id, number, keyed=f"{pin}\n{pin}\n")
