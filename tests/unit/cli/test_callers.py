"""Numbers are blocked, shown and let in again by hand."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ivr.cli import app
from ivr.errors import UsageError

REPOSITORY = Path(__file__).parents[3]
NUMBER = "+12025550101"


@pytest.fixture(autouse=True)
def _bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A data folder of one's own."""
    shutil.copytree(REPOSITORY / "config", tmp_path / "config")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IVR_HOME", str(tmp_path / "home"))


def ivr(*arguments: str) -> str:
    done = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


def blocked() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(ivr("callers", "list", "--json"))["blocked"]
    return found


def test_a_number_is_blocked_shown_and_let_in_again() -> None:
    ivr("callers", "block", NUMBER, "--reason", "shouts at agents", "--for", "30d")
    [block] = blocked()
    assert (block["number"], block["reason"]) == (NUMBER, "shouts at agents")
    assert block["until"] > block["since"]
    assert block["by"]
    assert (block["calls"], block["last_call_at"]) == (0, None)
    ivr("callers", "unblock", NUMBER)
    assert blocked() == []


def test_without_an_end_it_lasts_until_it_is_taken_back() -> None:
    ivr("callers", "block", NUMBER, "--reason", "threatens")
    assert blocked()[0]["until"] is None


def test_a_narrow_terminal_shows_the_whole_number_and_all_of_the_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    longest = "+4915123456789"
    reason = "threatens agents-who-listen-to-everything [/again]"
    ivr("callers", "block", longest, "--reason", reason, "--for", "30d")
    shown = CliRunner().invoke(app, ["callers", "list"], catch_exceptions=False).stderr
    rows = [line.split("│")[1:-1] for line in shown.splitlines() if line.startswith("│")]
    assert rows[0][0].strip() == longest
    assert "".join(row[3].strip() for row in rows) == reason.replace(" ", "")
    assert "…" not in shown


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("block", "12", "--reason", "x"), "12"),
        (("block", NUMBER, "--reason", "x", "--for", "soon"), "--for"),
        (("unblock", NUMBER), "is not blocked"),
    ],
)
def test_what_can_t_be_is_refused_in_a_sentence(arguments: tuple[str, ...], complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint):
        ivr("callers", *arguments)
