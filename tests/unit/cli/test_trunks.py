"""How right each trunk's ears are, as a table and for programs."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from ivr.calls.aftermath import Aftermath
from ivr.calls.answered_by import AnsweredBy
from ivr.cli import app
from ivr.cli.with_store import with_store
from ivr.settings import load_settings
from ivr.store.tables.calls import answer_scores

REPOSITORY = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def _scores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A data folder in which ears took two people for machines."""
    shutil.copytree(REPOSITORY / "config", tmp_path / "config")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IVR_HOME", str(tmp_path / "home"))
    rows = [
        {"trunk": "provider", "verdict": AnsweredBy.MACHINE, "aftermath": aftermath, "calls": calls}
        for aftermath, calls in ((Aftermath.VERIFIED, 2), (Aftermath.NO_KEY, 40))
    ]
    with_store(
        load_settings(None),
        lambda store: store.write(lambda tx: tx.connection.execute(sa.insert(answer_scores), rows)),
    )


def ivr(*arguments: str) -> str:
    done = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert done.exit_code == 0
    return done.output


def test_a_table_has_a_line_for_each_verdict() -> None:
    [line] = [line for line in ivr("trunks", "answered").splitlines() if "provider" in line]
    cells = [cell.strip() for cell in line.strip("│ ").split("│")]
    assert cells == ["provider", "machine", "2", "0", "0", "40"]


def test_programs_get_every_count() -> None:
    counted = json.loads(ivr("trunks", "answered", "--json"))["answered"]
    assert {"trunk": "provider", "verdict": "machine", "aftermath": "verified", "calls": 2} in counted
    assert len(counted) == 2
