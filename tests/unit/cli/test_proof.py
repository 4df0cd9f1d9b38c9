"""`ivr prompts proof`, as people and scripts call it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ivr.cli import app
from ivr.errors import UsageError

DUE = "prompts:\n  due: {tier: confirmed, text: 'You owe {{ account.amount_due | money }}.'}\n"
OWN = "  mine: {text: 'Your order is {{ gathered.mine | digits }}.'}\n"
SAID = "due: You owe one hundred twenty dollars and fifty cents.\n"


SAID_IN_SPANISH = "due: Debe ciento veinte dólares con cincuenta centavos.\n"


def in_spanish(wording: Path) -> Path:
    """Write the prompt in Spanish, too."""
    file = wording.parents[1] / "es" / "mine.yaml"
    file.parent.mkdir()
    file.write_text(DUE.replace("You owe", "Debe"))
    return file


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
    assert proof().stdout == "# en\n" + SAID


def test_what_only_a_flow_of_ones_own_knows_is_printed_as_it_is_written(wording: Path) -> None:
    wording.write_text(DUE + OWN)
    assert proof().stdout == "# en\n" + SAID + "mine: Your order is {{ gathered.mine | digits }}.\n"


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


def test_each_language_is_printed_under_its_name(wording: Path) -> None:
    in_spanish(wording)
    assert proof().stdout == f"# en\n{SAID}\n# es\n{SAID_IN_SPANISH}"


def test_a_language_that_nothing_is_said_in_any_more_is_told_until_that_is_written(
    wording: Path, tmp_path: Path
) -> None:
    spanish, read = in_spanish(wording), tmp_path / "read"
    proof(str(read), "--write")
    (read / "notes.yaml").write_text("by: Ann\n")
    shutil.rmtree(spanish.parent)
    told = proof(str(read), "--json")
    assert told.exit_code == 1
    assert json.loads(told.stdout)["changed"]["es"].splitlines()[-1] == f"-{SAID_IN_SPANISH.strip()}"
    assert (read / "es.yaml").read_text() == SAID_IN_SPANISH
    assert proof(str(read), "--write").exit_code == 0
    assert sorted(file.name for file in read.iterdir()) == ["en.yaml", "notes.yaml"]
    assert proof(str(read)).exit_code == 0


@pytest.mark.parametrize("below", ["", "/read"], ids=["the folder", "one above it"])
@pytest.mark.parametrize("write", [(), ("--write",)], ids=["to look at", "to write"])
def test_a_file_in_place_of_a_folder_is_refused(
    below: str, write: tuple[str, ...], wording: Path, tmp_path: Path
) -> None:
    (file := tmp_path / "list.yaml").write_text(SAID)
    with pytest.raises(UsageError, match=r"list\.yaml is a file; name the folder"):
        proof(f"{file}{below}", *write)
    assert file.read_text() == SAID


def test_a_list_that_can_t_be_written_is_told_in_a_sentence(wording: Path, tmp_path: Path) -> None:
    read = tmp_path / "read"
    read.mkdir()
    (read / "en.yaml").symlink_to(tmp_path / "no" / "such" / "file")
    with pytest.raises(UsageError, match=r"can't be written \(No such file or directory\)"):
        proof(str(read), "--write")


def test_nothing_is_written_without_a_folder(wording: Path) -> None:
    with pytest.raises(UsageError, match="ivr prompts proof FOLDER --write"):
        proof("--write")
