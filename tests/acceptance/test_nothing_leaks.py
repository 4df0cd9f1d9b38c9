"""What people key in is nowhere to be read: not in our log, not in Asterisk's, not in the store."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from structlog.testing import LogCapture

from tests.acceptance.callers import PIN as STUDIO_PIN
from tests.acceptance.callers import closed_calls, settings_in
from tests.acceptance.conftest import Edit, OpenBank, content_in
from tests.acceptance.customers import Customers
from tests.acceptance.phone import PhoneBook
from tests.asterisk_pair import STUDIO_CODE, AsteriskPair

pytestmark = pytest.mark.asterisk

PIN = "739158264"
WRONG_PIN = "820471935566"
ASKS_FOR_A_PIN = """next: pin

  pin:
    type: gather
    prompt: overdue-promise
    variable: pin
    length: 9
    secret: true
    next: choose-menu
"""
KEYPAD = set("0123456789*#")


async def test_a_secret_that_was_keyed_in_is_in_no_log_and_in_no_row(
    open_bank: OpenBank,
    a_customer: Customers,
    edit: Edit,
    asterisk_pair: AsteriskPair,
    engine_log: LogCapture,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    flows = edit.replace("dialplans/flows", "payment-overdue.yaml", "next: choose-menu\n", ASKS_FOR_A_PIN)
    maria = a_customer().expects("Hello, this is Sample Bank").presses("1")
    maria.expects("To promise the payment of").presses(PIN).expects("To promise a payment").presses("4")
    maria.expects("We have noted that you have paid")
    caplog.set_level(logging.DEBUG)
    async with open_bank(content=content_in(flows=flows)) as bank:
        await bank.calls(maria)
        await maria.call_is_over()
        story = await bank.story_after(maria)
    assert ("pin", "gathered") in [(step.node, step.kind) for step in story.steps], "it was taken"

    assert f'"{story.calls[0].id}"' in cel_of(asterisk_pair), "these are the logs of this call"
    nothing_tells(PIN, tmp_path, f"{engine_log.entries} {caplog.text}", asterisk_pair)
    for entry in engine_log.entries:
        assert not KEYPAD & {value for value in entry.values() if isinstance(value, str)}, (
            "one key is half a secret"
        )


async def test_a_studio_pin_right_or_wrong_is_in_no_log_and_in_no_row(
    open_bank: OpenBank,
    inbound_app: str,
    phone_book: PhoneBook,
    asterisk_pair: AsteriskPair,
    engine_log: LogCapture,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    ann = phone_book.somebody().expects("enter the studio's PIN").presses(f"{WRONG_PIN}#")
    ann.expects("That is not the PIN").expects("enter the studio's PIN").presses(STUDIO_PIN)
    ann.expects("To record in English").hangs_up()
    caplog.set_level(logging.DEBUG)
    async with open_bank(app=inbound_app, settings=settings_in(tmp_path)) as bank:
        await ann.dials(STUDIO_CODE)
        await ann.call_is_over()
        [row] = await closed_calls(bank)
    assert f'"{row.id}"' in cel_of(asterisk_pair), "these are the logs of this call"
    results = [
        each["result"] for each in engine_log.entries if each["event"] == "somebody keyed a studio PIN"
    ]
    assert results == ["no_match", "match"]
    for pin in (STUDIO_PIN, WRONG_PIN):
        nothing_tells(pin, tmp_path, f"{engine_log.entries} {caplog.text}", asterisk_pair)


def nothing_tells(secret: str, folder: Path, ours: str, pair: AsteriskPair) -> None:
    """Check the store, our own log and Asterisk's for what was keyed in."""
    assert secret.encode() not in books_in(folder)
    asterisks = {file.name: file.read_text("utf-8", "replace") for file in log_files(pair)}
    for log in (ours, *asterisks.values()):
        assert secret not in log
    for name, log in asterisks.items():
        assert "dtmf" not in log.casefold(), f"{name} tells of keys"


def log_files(pair: AsteriskPair) -> list[Path]:
    """Return every file that the engine's Asterisk writes of what happens."""
    return [file for file in (pair.engine.folder / "log").rglob("*") if file.is_file()]


def books_in(folder: Path) -> bytes:
    """Return the raw files of the store: freed pages hold what was deleted."""
    return b"".join(file.read_bytes() for file in folder.glob("bank.db*"))


def cel_of(pair: AsteriskPair) -> str:
    """Return the events that the engine's Asterisk wrote down of its calls."""
    file = pair.engine.connection().cel_file
    assert file is not None
    return file.read_text("utf-8")
