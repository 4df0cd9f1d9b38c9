"""`ivr prompts proof`, as people and scripts call it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ivr.cli import app
from ivr.errors import UsageError

DUE = "prompts:\n  due: {tier: confirmed, text: 'You owe {{ account.amount_due | money }}.'}\n"
OWN = "  mine: {text: 'Your order is {{ gathered.mine | digits }}.'}\n"
SAID = "due: You owe one hundred twenty dollars and fifty cents.\n"


@pytest.fixture
def wording(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of prompts, the only one."""
    monkeypatch.setenv("IVR_CONTENT__PROMPTS", str(tmp_path / "prompts"))
    monkeypatch.setenv("IVR_HOME", str(tmp_path / "home"))
    file = tmp_path / "prompts" / "en" / "mine.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(DUE)
    return file


def proof(*words: str) -> Result:
    return CliRunner().invoke(app, ["prompts", "proof", *words], catch_exceptions=False)


def test_all_that_is_said_is_printed_a_line_a_prompt(wording: Path) -> None:
    assert proof().stdout == SAID


def test_what_only_a_flow_of_ones_own_knows_is_printed_as_it_is_written(wording: Path) -> None:
    wording.write_text(DUE + OWN)
    assert proof().stdout == SAID + "mine: Your order is {{ gathered.mine | digits }}.\n"


def test_what_has_changed_since_it_was_read_is_shown_until_it_is_written(
    wording: Path, tmp_path: Path
) -> None:
    read = tmp_path / "read"
    assert proof(str(read), "--write").exit_code == 0
    assert (read / "en.yaml").read_text() == SAID
    assert proof(str(read)).exit_code == 0
    wording.write_text(DUE.replace("You owe", "You have to pay"))
    changed = proof(str(read), "--json")
    assert changed.exit_code == 1
    difference = json.loads(changed.stdout)["changed"]["en"].splitlines()
    assert [line.partition("pay")[0] for line in difference[-2:]] == [
        f"-{SAID.strip()}",
        "+due: You have to ",
    ]
    assert (read / "en.yaml").read_text() == SAID
    proof(str(read), "--write")
    assert proof(str(read)).exit_code == 0


def test_nothing_is_written_without_a_folder(wording: Path) -> None:
    with pytest.raises(UsageError, match="ivr prompts proof FOLDER --write"):
        proof("--write")
