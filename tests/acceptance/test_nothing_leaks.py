"""What people key in is nowhere to be read: not in our log, not in Asterisk's, not in the store."""

from __future__ import annotations

import logging
from collections.abc import Sequence
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
DETAILS = "prompt: overdue-details\n    next: choose-menu\n"
"""Where the shipped flow comes to its menu."""
ASKS_FOR_A_PIN = """prompt: overdue-details
    next: pin

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
    flows = edit.replace(
        "dialplans/flows",
        "payment-overdue.yaml",
        DETAILS,
        ASKS_FOR_A_PIN,
    )
    maria = a_customer().expects("Hello, this is Sample Bank").presses("1")
    maria.expects("To promise the payment of").presses(PIN).expects("To promise a payment").presses("4")
    maria.expects("We have noted that you have paid").presses("5")
    caplog.set_level(logging.DEBUG)
    async with open_bank(content=content_in(flows=flows)) as bank:
        await bank.calls(maria)
        await maria.call_is_over()
        story = await bank.story_after(maria)
    assert ("pin", "gathered") in [(step.node, step.kind) for step in story.steps], "it was taken"

    assert f'"{story.calls[0].id}"' in cel_of(asterisk_pair), "these are the logs of this call"
    assert_nowhere((PIN,), tmp_path, asterisk_pair, engine_log, caplog)


CARD, EXPIRY, CODE = "4242424242424242", "1139", "739"
TAKES_A_CARD = """prompt: overdue-details
    next: keyed-card

  keyed-card:
    type: take_card
    number: ask-card-number
    expiry: ask-card-expiry
    code: ask-card-code
    taken: pay-with-keyed-card
    aborted: menu
    unavailable: menu
    failed: menu
    no_match: {prompt: no-match, to: menu}

  pay-with-keyed-card:
    type: pay
    method: own.card
    summary: card-summary
    prompt: overdue-pay-confirm
    keys: {2: choose-menu, 3: another-amount}
    success: paid
    declined: declined
    provider_error: payment-unknown
    unavailable: menu
"""
CARD_PROMPTS = """prompts:
  ask-card-number: {tier: confirmed, text: "Please key in the number of your card."}
  ask-card-expiry: {tier: confirmed, text: "Please key in its month and year."}
  ask-card-code: {tier: confirmed, text: "Please key in its security code."}
  card-summary: {tier: confirmed, text: "You pay with the card ending in {{ own.card.ending | digits }}."}
"""


async def test_a_card_that_was_keyed_in_is_charged_and_is_in_no_log_and_in_no_row(
    open_bank: OpenBank,
    a_customer: Customers,
    edit: Edit,
    asterisk_pair: AsteriskPair,
    engine_log: LogCapture,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    flows = edit.replace(
        "dialplans/flows",
        "payment-overdue.yaml",
        DETAILS,
        TAKES_A_CARD,
    )
    prompts = edit.copy("prompts")
    for language in ("en", "es", "fr"):
        (prompts / language / "card.yaml").write_text(CARD_PROMPTS, "utf-8")
    maria = a_customer().expects("Hello, this is Sample Bank").presses("1")
    maria.expects("Please key in the number").presses("4242424242424241#")
    maria.expects("That key is not one of the choices").expects("Please key in the number")
    maria.presses(f"{CARD}#").expects("Please key in its month").presses(EXPIRY)
    maria.expects("Please key in its security code").presses(f"{CODE}#")
    maria.expects("the card ending in four two four two").expects("To pay forty-two dollars").presses("1")
    maria.expects("has been made")
    caplog.set_level(logging.DEBUG)
    async with open_bank(content=content_in(flows=flows, prompts=prompts), card_keying=True) as bank:
        await bank.calls(maria)
        await maria.call_is_over()
        story = await bank.story_after(maria)
        [charge] = await bank.gateway.charges()
    assert (story.disposition, story.amount_due) == ("payment", "0.00 USD")
    assert str(charge.amount.amount) == "42.50"
    # So few digits are somewhere by chance: they are looked for as a value.
    short = [quote + secret + quote for secret in (EXPIRY, CODE) for quote in ("'", '"')]
    assert_nowhere((CARD, CARD[:12], CARD[4:], *short), tmp_path, asterisk_pair, engine_log, caplog)


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
    assert_nowhere((STUDIO_PIN, WRONG_PIN), tmp_path, asterisk_pair, engine_log, caplog)


def assert_nowhere(
    secrets: Sequence[str],
    books: Path,
    pair: AsteriskPair,
    engine_log: LogCapture,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Hold that no secret is in the books, in our log, or in Asterisk's, and that those tell of no key."""
    kept = books_in(books)
    ours = f"{engine_log.entries} {caplog.text}"
    asterisks = {file.name: file.read_text("utf-8", "replace") for file in log_files(pair)}
    for secret in secrets:
        assert secret.encode() not in kept
        for log in (ours, *asterisks.values()):
            assert secret not in log
    for entry in engine_log.entries:
        assert not KEYPAD & {value for value in entry.values() if isinstance(value, str)}, (
            "one key is half a secret"
        )
    for name, log in asterisks.items():
        assert "dtmf" not in log.casefold(), f"{name} tells of keys"


def log_files(pair: AsteriskPair) -> list[Path]:
    """Return every file that the engine's Asterisk writes of what happens."""
    return [file for file in (pair.engine.folder / "log").rglob("*") if file.is_file()]


def books_in(folder: Path) -> bytes:
    """Return the raw files of the store and of the provider: freed pages hold what was deleted."""
    files = (*folder.glob("bank.db*"), *folder.glob("provider.db*"))
    return b"".join(file.read_bytes() for file in files)


def cel_of(pair: AsteriskPair) -> str:
    """Return the events that the engine's Asterisk wrote down of its calls."""
    file = pair.engine.connection().cel_file
    assert file is not None
    return file.read_text("utf-8")
