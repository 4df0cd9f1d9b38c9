"""The wording that comes with the product."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from ivr.content_file import parse_content
from ivr.money import Money
from ivr.prompts.catalogue import Catalogue
from ivr.prompts.content_tier import ContentTier
from ivr.prompts.load_catalogue import load_catalogue

FOLDER = Path(__file__).parents[3] / "prompts"
VARIABLES = {
    "company": {"name": "Example Bank", "phone": "+12025550123"},
    "customer": {"name": "Maria Lopez"},
    "account": {"kind": "card", "amount_due": Money(4250, "USD"), "due_on": date(2026, 3, 3)},
    "payment_method": {"kind": "card", "ending": "4242"},
    "today": date(2026, 3, 8),
}
PERSONAL_BUT_NOT_THE_ACCOUNT = {"company.name", "company.phone", "customer.name"}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    files = sorted(FOLDER.rglob("*.yaml"))
    contents = [parse_content(file.read_text(), str(file.relative_to(FOLDER.parent))) for file in files]
    return load_catalogue(contents, sorted(FOLDER.rglob("*.wav")))


def words(catalogue: Catalogue, name: str) -> str:
    return " ".join(segment.text for segment in catalogue.render(name, "en", VARIABLES))


def test_every_prompt_can_be_said_in_english(catalogue: Catalogue) -> None:
    assert catalogue.names()
    for name in catalogue.names():
        assert words(catalogue, name)


def test_the_call_begins_with_who_is_calling(catalogue: Catalogue) -> None:
    first = catalogue.render("overdue-identify", "en", VARIABLES)[0]
    assert first.text == "Hello, this is Example Bank, calling for Maria Lopez."


def test_what_is_due_is_said_in_words(catalogue: Catalogue) -> None:
    assert words(catalogue, "overdue-details") == (
        "Thank you. A payment of forty-two dollars and fifty cents on your card account "
        "was due on Tuesday, March third."
    )


def test_an_account_without_a_due_date_is_simply_overdue(catalogue: Catalogue) -> None:
    account = {"kind": "loan", "amount_due": Money(100, "USD"), "due_on": None}
    segments = catalogue.render("overdue-details", "en", {**VARIABLES, "account": account})
    assert segments[-1].text == "A payment of one dollar on your loan account is overdue."


def test_the_number_is_said_twice_in_the_voicemail(catalogue: Catalogue) -> None:
    assert words(catalogue, "limited-message").count("two zero two, five five five") == 2


def test_what_anyone_may_hear_asks_for_nothing_of_an_account(catalogue: Catalogue) -> None:
    for name in catalogue.names():
        if catalogue.tier(name) is ContentTier.ANYONE:
            assert catalogue.variables(name, "en") <= PERSONAL_BUT_NOT_THE_ACCOUNT, name


def test_the_key_comes_after_what_it_does(catalogue: Catalogue) -> None:
    for name in catalogue.names():
        assert not re.search(r"[Pp]ress \d (?:to|for|if)\b", words(catalogue, name)), name


def test_sentences_are_short_enough_to_be_understood(catalogue: Catalogue) -> None:
    for name in catalogue.names():
        for segment in catalogue.render(name, "en", VARIABLES):
            assert len(segment.text.split()) <= 22, segment.text
