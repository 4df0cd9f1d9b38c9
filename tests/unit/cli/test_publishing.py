"""Content becomes live as a whole, shows what changes, and refuses to overwrite somebody's work."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ivr.cli import app
from ivr.errors import ContentError, UsageError

REPOSITORY = Path(__file__).parents[3]
RULE = "alert_rules/payment-overdue.yaml"


@pytest.fixture
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the shipped content and a data folder of its own."""
    for name in ("dialplans", "prompts", "alert_rules", "config"):
        shutil.copytree(REPOSITORY / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IVR_HOME", str(tmp_path / "home"))
    return tmp_path


def ivr(*arguments: str) -> str:
    done = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


def edit(folder: Path, old: str, new: str) -> None:
    file = folder / RULE
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def versions() -> list[tuple[int, str]]:
    return [(each["version"], each["note"]) for each in json.loads(ivr("versions", "--json"))["versions"]]


def test_what_is_published_is_kept_with_its_note(bank: Path) -> None:
    ivr("publish", "--note", "the beginning")
    edit(bank, "expires_after: 14d", "expires_after: 10d")
    ivr("publish", "--note", "shorter")
    assert versions() == [(2, "shorter"), (1, "the beginning")]


def test_publishing_the_same_again_makes_no_version(bank: Path) -> None:
    ivr("publish", "--note", "the beginning")
    ivr("publish", "--note", "nothing new")
    assert versions() == [(1, "the beginning")]


def test_a_mistake_anywhere_publishes_nothing(bank: Path) -> None:
    edit(bank, "retry: standard", "retry: no-such")
    with pytest.raises(ContentError, match=r"payment-overdue\.yaml:\d+: retry: .*no-such"):
        ivr("publish", "--note", "broken")
    assert versions() == []


def test_a_flow_that_enters_one_that_is_not_there_is_refused_with_its_line(bank: Path) -> None:
    ivr("publish", "--note", "the beginning")
    file = bank / "dialplans/flows/payment-overdue.yaml"
    menu = "  menu:\n    type: menu\n"
    text = file.read_text("utf-8").replace("otherwise: menu\n", "otherwise: details-again\n")
    entering = "  details-again: {type: enter_flow, flow: payment-detials, next: menu}\n"
    file.write_text(text.replace(menu, f"{entering}{menu}"), "utf-8")
    line = 1 + file.read_text("utf-8").splitlines().index(entering.rstrip("\n"))
    with pytest.raises(ContentError, match=rf"overdue\.yaml:{line}: .*there is no flow 'payment-detials'"):
        ivr("publish", "--note", "broken")
    assert versions() == [(1, "the beginning")]


def test_a_rollback_is_a_new_version_with_the_old_files(bank: Path) -> None:
    ivr("publish", "--note", "the beginning")
    edit(bank, "expires_after: 14d", "expires_after: 10d")
    ivr("publish", "--note", "shorter")
    ivr("rollback", "1")
    ivr("export", str(bank / "out"))
    assert "expires_after: 14d" in (bank / "out/rules/payment-overdue.yaml").read_text("utf-8")
    assert versions()[0] == (3, "roll back to version 1")


def test_a_rollback_shows_the_difference_and_keeps_the_reason(bank: Path) -> None:
    ivr("publish", "--note", "the beginning")
    edit(bank, "expires_after: 14d", "expires_after: 10d")
    ivr("publish", "--note", "shorter")
    done = CliRunner().invoke(app, ["rollback", "1", "--note", "too short"], catch_exceptions=False)
    assert "-expires_after: 10d" in done.stderr
    assert "+expires_after: 14d" in done.stderr
    assert versions()[0] == (3, "roll back to version 1: too short")


def test_a_version_that_can_not_be_used_any_more_is_not_gone_back_to(bank: Path) -> None:
    calling = "  ask-system: {type: webhook, endpoint: orders, answered: menu, failed: menu}\n"
    flow = bank / "dialplans/flows/payment-overdue.yaml"
    before = flow.read_text("utf-8")
    menu = "  menu:\n    type: menu\n"
    flow.write_text(
        before.replace("otherwise: menu\n", "otherwise: ask-system\n").replace(menu, f"{calling}{menu}"),
        "utf-8",
    )
    settings = bank / "config/ivr.toml"
    without = settings.read_text("utf-8")
    webhook = '[[webhooks]]\nname = "orders"\nurl = "https://shop.example/orders"\nkey_file = "orders.key"\n'
    settings.write_text(f"{without}\n{webhook}", "utf-8")
    ivr("publish", "--note", "asks the order system")
    settings.write_text(without, "utf-8")
    flow.write_text(before, "utf-8")
    ivr("publish", "--note", "asks nobody")
    with pytest.raises(ContentError, match=r"flows/payment-overdue\.yaml:\d+: .*'orders'"):
        ivr("rollback", "1")
    assert versions()[0] == (2, "asks nobody")


def test_what_the_linter_warns_of_is_told_and_published(bank: Path) -> None:
    flow = bank / "dialplans/flows/payment-overdue.yaml"
    flow.write_text(flow.read_text("utf-8").replace("languages: [en,", "languages: [en, de,"), "utf-8")
    done = CliRunner().invoke(app, ["publish", "--note", "German", "--json"], catch_exceptions=False)
    assert "F301 warning: prompt missing in a language" in done.stderr
    assert {finding["code"] for finding in json.loads(done.stdout)["findings"]} == {"F301", "F802"}
    assert versions() == [(1, "German")]


@pytest.mark.parametrize("note", ["", "  "])
def test_a_note_that_says_nothing_is_refused(bank: Path, note: str) -> None:
    with pytest.raises(UsageError, match="note is empty"):
        ivr("publish", "--note", note)
    ivr("publish", "--note", "the beginning")
    with pytest.raises(UsageError, match="note is empty"):
        ivr("rollback", "1", "--note", note)


def test_files_made_from_an_older_version_are_refused(bank: Path) -> None:
    ivr("publish", "--note", "the beginning")
    edit(bank, "expires_after: 14d", "expires_after: 10d")
    ivr("publish", "--note", "shorter")
    ivr("rollback", "1")
    edit(bank, "priority: 0", "priority: 60")
    with pytest.raises(UsageError, match=r"version 3 is live .* made from version 2"):
        ivr("publish", "--note", "on the wrong base")
    ivr("publish", "--note", "merged by hand", "--base", "3")
    assert versions()[0] == (4, "merged by hand")


def test_a_dry_run_shows_and_changes_nothing(bank: Path) -> None:
    ivr("publish", "--note", "the beginning")
    edit(bank, "expires_after: 14d", "expires_after: 10d")
    done = CliRunner().invoke(app, ["publish", "--note", "x", "--dry-run"], catch_exceptions=False)
    assert "+expires_after: 10d" in done.stderr
    assert versions() == [(1, "the beginning")]


def test_an_unknown_version_is_told(bank: Path) -> None:
    ivr("publish", "--note", "the beginning")
    with pytest.raises(UsageError, match="there is no version 7"):
        ivr("rollback", "7")


def test_a_folder_in_use_is_not_written_into(bank: Path) -> None:
    ivr("publish", "--note", "the beginning")
    with pytest.raises(UsageError, match="not empty"):
        ivr("export", str(bank))
