"""Why somebody is called, or is not, is told by whatever they are known by."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from ivr.accounts.contact_point import Medium
from ivr.accounts.suppression import Suppression
from ivr.alerts.alert import Alert
from ivr.attempts.attempt import NewAttempt
from ivr.attempts.eligibility.decision import Decision, Verdict
from ivr.cli import app
from ivr.cli.with_store import with_store
from ivr.clock import utc_now
from ivr.errors import NotFoundError
from ivr.settings import load_settings
from ivr.store.tables.customers import accounts
from ivr.store.transaction import SqlTransaction

REPOSITORY = Path(__file__).parents[3]
REFERENCE = "123456788"


@pytest.fixture(autouse=True)
def _bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A data folder with the customers of the example, and an alert of the first."""
    for folder in ("config", "alert_rules"):
        shutil.copytree(REPOSITORY / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IVR_HOME", str(tmp_path / "home"))
    ivr("import", str(REPOSITORY / "docs/examples/customers.csv"))
    _write(tmp_path, _an_alert)


def _write(tmp_path: Path, work: Callable[[SqlTransaction], object]) -> None:
    settings = load_settings(tmp_path / "config/ivr.toml", {"IVR_HOME": str(tmp_path / "home")})
    with_store(settings, lambda store: store.write(work))


def _an_alert(tx: SqlTransaction) -> None:
    now = utc_now()
    tx.alerts.add(
        Alert(
            id="al-1",
            rule="payment-overdue",
            rule_version="v1",
            topic="payments",
            customer_id="1001",
            account_id="C-1001",
            dedupe_key="payment-overdue:C-1001/2026-03-03",
            facts={"reason": "the amount due is 42.50 USD, more than 0"},
            priority=0,
            created_at=now,
            expires_at=now + timedelta(days=14),
            reference=REFERENCE,
        )
    )
    attempt_id = tx.attempts.add(
        NewAttempt("al-1", "1001", 1, 1, 0, Medium.VOICE, "1001:voice:+12025550101", "+12025550101", now, now)
    )
    assert attempt_id is not None
    no = Decision("not_allowed_yet", Verdict.DEFER, "not_live", "not live", now + timedelta(minutes=15))
    for _ in range(3):
        tx.alerts.decided("al-1", attempt_id, no, now)
    tx.customers.add_suppression(Suppression("1001", None, "payments", now, "keypad"))


def ivr(*arguments: str) -> str:
    done = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert done.exit_code == 0
    return done.output


def told(word: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ivr("why", word, "--json").splitlines()[-1])
    return found


@pytest.mark.parametrize("word", ["(202) 555-0171", "123 456 788"])
def test_a_customer_is_found_by_number_and_by_reference(word: str) -> None:
    assert told(word)["customer_id"] == "1001"


def test_the_whole_chain_is_told_down_to_the_reason() -> None:
    why = told("1001")
    assert why["conclusion"].startswith("No call will come because the customer opted out on ")
    [card, _loan] = why["accounts"]
    [overdue] = [rule for rule in card["rules"] if rule["rule"] == "payment-overdue"]
    assert overdue["matches"]
    [attempt] = overdue["alerts"][0]["attempts"]
    assert (attempt["asked_now"]["stage"], attempt["waiting"]["reason"]) == ("opted_out", "opted_out")
    assert [(each["reason"], each["times_seen"]) for each in attempt["decisions"]] == [("not_live", 3)]
    [invitation] = [rule for rule in card["rules"] if rule["rule"] == "payment-invitation"]
    assert [missing["field"] for missing in invitation["missing"]] == [
        "event.payment_invitation",
        "invitation.medium",
    ]


def test_people_get_a_tree_that_ends_with_the_sentence() -> None:
    shown = " ".join(ivr("why", "1001").replace("│", " ").split())
    for words in (
        "Maria Lopez (1001)",
        "voice +12025550101: Nothing that is called about now: the customer opted out",
        "Account C-1001: card ending 7812, open, 42.50 USD due by 2026-03-03",
        "Payment overdue (payment-overdue). It matches:",
        "Try 1, voice to +12025550101. It waits: the customer opted out",
        "not_allowed_yet: Not yet: not live; asked again at",
        "3 times",
        "Asked now, opted_out: No: the customer opted out",
    ):
        assert words in shown
    assert "No call will come because the customer opted out on" in shown[-120:]


def test_people_see_where_the_account_of_an_alert_is_another_customers(tmp_path: Path) -> None:
    _write(
        tmp_path,
        lambda tx: tx.connection.execute(
            sa.update(accounts).where(accounts.c.id == "C-1001").values(customer_id="1002")
        ),
    )
    shown = " ".join(ivr("why", "1001").replace("│", " ").split())
    assert (
        "Account C-1001 is another customer's by now, and has an alert of this one's. Payment overdue "
        "(payment-overdue)."
    ) in shown
    assert "Try 1, voice to +12025550101. It waits: the customer opted out" in shown


def test_what_is_published_counts_and_not_the_files(tmp_path: Path) -> None:
    ivr("publish", "--note", "as it is")
    (tmp_path / "alert_rules/payment-overdue.yaml").unlink()
    assert "payment-overdue" in [rule["rule"] for rule in told("1002")["accounts"][0]["rules"]]


def test_the_published_files_that_an_engine_works_from_are_left_alone(tmp_path: Path) -> None:
    ivr("publish", "--note", "as it is")
    told("1001")  # writes the files out, where no engine has yet
    files = [file for file in (tmp_path / "home/content").rglob("*") if file.is_file()]
    for file in files:
        os.utime(file, (1, 1))
    told("1001")
    assert len(files) > 1
    assert [file for file in files if file.stat().st_mtime != 1] == []


def test_what_proves_a_customer_is_not_told() -> None:
    output = ivr("why", "1001", "--json")
    assert not [each for each in (REFERENCE, "1985", "07-31", "20001", "tok_1001") if each in output]


def test_who_shares_a_number_is_listed(tmp_path: Path) -> None:
    header, first, *_ = (REPOSITORY / "docs/examples/customers.csv").read_text("utf-8").splitlines()
    other = first.replace("1001", "1003").replace("Maria", "Juan")
    (tmp_path / "more.csv").write_text(f"{header}\n{other}\n", "utf-8")
    ivr("import", str(tmp_path / "more.csv"))
    listed = json.loads(ivr("why", "+12025550101", "--json").splitlines()[-1])
    assert listed == {
        "customers": [
            {"customer_id": "1001", "name": "Maria Lopez"},
            {"customer_id": "1003", "name": "Juan Lopez"},
        ]
    }
    assert "They share the number" in ivr("why", "+12025550101")


@pytest.mark.parametrize("word", ["nobody", "+12025550199", "123456789"])
def test_whom_nobody_knows_is_said_to_be_unknown(word: str) -> None:
    with pytest.raises(NotFoundError, match="There is no customer"):
        ivr("why", word)
