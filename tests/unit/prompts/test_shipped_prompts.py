"""The wording that comes with the product."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from ivr.content_file import parse_content
from ivr.flows.proof_list import PROOF_VARIABLES, proof_list
from ivr.flows.spoken_time import seconds_of
from ivr.money import Money
from ivr.prompts.catalogue import Catalogue
from ivr.prompts.content_tier import ContentTier
from ivr.prompts.load_catalogue import load_catalogue

FOLDER = Path(__file__).parents[3] / "prompts"
PERSONAL_BUT_NOT_THE_ACCOUNT = {
    *("company.name", "company.phone", "customer.name", "result.words"),
    *("result.expected_wait", "result.moment", "result.opens_at", "gathered.callback_time"),
    "gathered.units",
    *("gathered.day", "gathered.preferred_begin", "gathered.preferred_end"),
    "gathered.alert_time",
}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    files = sorted(FOLDER.rglob("*.yaml"))
    contents = [parse_content(file.read_text(), str(file.relative_to(FOLDER.parent))) for file in files]
    return load_catalogue(contents, sorted(FOLDER.rglob("*.wav")))


PROOF_READ = FOLDER.parent / "tests" / "golden" / "prompts"
"""What each prompt says, per language: a change of wording is a change there, to be read."""
LANGUAGES = ("en", "es", "fr")


def words(catalogue: Catalogue, name: str, language: str = "en") -> str:
    return " ".join(segment.text for segment in catalogue.render(name, language, PROOF_VARIABLES))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_prompt_says_what_was_proof_read(catalogue: Catalogue, language: str) -> None:
    read = parse_content((PROOF_READ / f"{language}.yaml").read_text(), language).data
    told = "read what changed, then write it: `make golden`"
    assert proof_list(catalogue, language) == read, told


def test_every_prompt_is_there_in_every_language(catalogue: Catalogue) -> None:
    assert {catalogue.languages(name) for name in catalogue.names()} == {frozenset(LANGUAGES)}


@pytest.mark.parametrize("language", ["es", "fr"])
def test_a_translation_says_the_same_facts(catalogue: Catalogue, language: str) -> None:
    for name in catalogue.names():
        assert catalogue.variables(name, language) == catalogue.variables(name, "en"), name


@pytest.mark.parametrize("language", ["es", "fr"])
def test_a_translation_offers_the_same_keys_in_the_same_order(catalogue: Catalogue, language: str) -> None:
    for name in catalogue.names():
        keys = re.findall(r"\d", words(catalogue, name, language))
        assert keys == re.findall(r"\d", words(catalogue, name)), name


@pytest.mark.parametrize(
    ("kind", "language", "said"),
    [
        ("loan", "es", "de su préstamo venció"),
        ("savings", "es", "de su cuenta venció"),
        ("loan", "fr", "pour votre prêt était dû"),
        ("savings", "fr", "pour votre compte était dû"),
    ],
)
def test_a_kind_of_account_is_said_in_the_language_of_the_call(
    catalogue: Catalogue, kind: str, language: str, said: str
) -> None:
    account = {"kind": kind, "amount_due": Money(100, "USD"), "due_on": date(2026, 3, 3)}
    segments = catalogue.render("overdue-details", language, {**PROOF_VARIABLES, "account": account})
    assert said in segments[-1].text


@pytest.mark.parametrize(
    ("language", "opening"),
    [
        ("en", "Hello, this is Sample Bank, calling about a personal business matter."),
        ("es", "Hola, le llamamos de Sample Bank por un asunto personal."),
        ("fr", "Bonjour, ici Sample Bank, nous appelons pour une affaire personnelle."),
    ],
)
def test_the_call_begins_with_who_is_calling_and_why_within_five_seconds(
    catalogue: Catalogue, language: str, opening: str
) -> None:
    first = catalogue.render("overdue-identify", language, PROOF_VARIABLES)[0]
    assert first.text == opening
    assert seconds_of([first.text]) < 5


def test_what_is_due_is_said_in_words(catalogue: Catalogue) -> None:
    assert words(catalogue, "overdue-details") == (
        "Thank you. A payment of one hundred twenty dollars and fifty cents on your card account "
        "was due on Sunday, March first."
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_any_amount_may_be_promised_no_least_one_is_said(catalogue: Catalogue, language: str) -> None:
    promise = {"latest_on": date(2026, 3, 22), "least_amount": None}
    said = catalogue.render("overdue-promise-limits", language, {**PROOF_VARIABLES, "promise": promise})
    assert [segment.text for segment in said][1] in {
        "You can promise up to one hundred twenty dollars and fifty cents.",
        "El monto puede ser de hasta ciento veinte dólares con cincuenta centavos.",
        "Le montant peut aller jusqu'à cent vingt dollars et cinquante cents.",
    }


def test_an_account_without_a_due_date_is_simply_overdue(catalogue: Catalogue) -> None:
    account = {"kind": "loan", "amount_due": Money(100, "USD"), "due_on": None}
    segments = catalogue.render("overdue-details", "en", {**PROOF_VARIABLES, "account": account})
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
        for segment in catalogue.render(name, "en", PROOF_VARIABLES):
            assert len(segment.text.split()) <= 22, segment.text
