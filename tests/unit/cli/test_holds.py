"""Holds are placed, shown and lifted by hand."""

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


@pytest.fixture(autouse=True)
def _bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A data folder with the customers of the example."""
    shutil.copytree(REPOSITORY / "config", tmp_path / "config")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IVR_HOME", str(tmp_path / "home"))
    ivr("import", str(REPOSITORY / "docs/examples/customers.csv"))


def ivr(*arguments: str) -> str:
    done = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


def held() -> list[dict[str, Any]]:
    holds: list[dict[str, Any]] = json.loads(ivr("holds", "list", "--json"))["holds"]
    return holds


def test_a_hold_is_placed_shown_and_lifted() -> None:
    ivr("holds", "place", "bankrupt", "1001")
    [hold] = held()
    assert (hold["kind"], hold["customer_id"], hold["account_id"], hold["until"]) == (
        "bankrupt",
        "1001",
        None,
        None,
    )
    assert json.loads(ivr("holds", "list", "--customer", "1002", "--json"))["holds"] == []
    ivr("holds", "lift", hold["id"])
    assert held() == []


def test_a_hold_may_be_on_one_account_and_for_a_time() -> None:
    ivr("holds", "place", "disputed", "1001", "--account", "C-1001", "--for", "30d")
    [hold] = held()
    assert hold["account_id"] == "C-1001"
    assert hold["until"] > hold["since"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("place", "bankrupt", "nobody"), "There is no customer 'nobody'"),
        (("place", "bankrupt", "1001", "--account", "x"), "Customer '1001' has no account 'x'"),
        (("place", "bankrupt", "1001", "--for", "30"), "is no length of time"),
        (("lift", "nothing"), "There is no hold 'nothing' that lasts"),
    ],
)
def test_what_can_not_be_meant_is_refused_in_a_sentence(arguments: tuple[str, ...], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        ivr("holds", *arguments)
    assert held() == []
