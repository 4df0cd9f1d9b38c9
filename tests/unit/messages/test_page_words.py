"""The words of pages are whole, sound, and tell nothing before anybody is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.content_file import parse_content
from ivr.errors import ContentError
from ivr.flows.sample_variables import SAMPLE_VARIABLES
from ivr.messages.page_vocabulary import DETAIL_WORDS, OPEN_WORDS, VALUES
from ivr.messages.page_words import PageWords, load_page_words, words_in
from ivr.money import Money

ROOT = Path(__file__).parents[3]
SHIPPED = {file.stem: file.read_text("utf-8") for file in sorted((ROOT / "pages").glob("*.yaml"))}


def load(**texts: str) -> dict[str, PageWords]:
    return dict(load_page_words([parse_content(text, f"pages/{name}.yaml") for name, text in texts.items()]))


def complaint(text: str) -> str:
    with pytest.raises(ContentError) as caught:
        load(en=text)
    return str(caught.value)


def edited(old: str, new: str) -> str:
    assert old in SHIPPED["en"]
    return SHIPPED["en"].replace(old, new)


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_every_word_can_be_said_of_a_sample_customer(language: str) -> None:
    words = load(**SHIPPED)[language]
    day = SAMPLE_VARIABLES["today"]
    brought = {"amount": Money(4250, "USD"), "day": day, "time": day}
    for word in OPEN_WORDS | DETAIL_WORDS:
        values = {name: brought[name] for name in VALUES.get(word, ()) if name != "time"}
        if "time" not in VALUES.get(word, ()):
            assert words.say(word, {**SAMPLE_VARIABLES, "values": values})
    assert words.about("payments", SAMPLE_VARIABLES) != words.about("elsewhere", SAMPLE_VARIABLES)


def test_a_language_without_pages_is_stood_in_for() -> None:
    pages = load(**SHIPPED)
    assert words_in(pages, "de") is pages["en"]
    assert words_in({}, "en") is None


def test_another_wording_is_another_version() -> None:
    assert load(en=edited("Pay now", "Pay"))["en"].version != load(en=SHIPPED["en"])["en"].version


def test_what_is_missing_and_what_no_page_says_is_told_at_once() -> None:
    told = complaint(edited("  paid: Thank you.", "  payed: Thank you."))
    assert "pages/en.yaml:" in told
    assert "'paid' is missing; write what the page says there." in told
    assert "words.payed: no page says this; take it out." in told


def test_account_details_before_anybody_is_known_are_refused() -> None:
    told = complaint(edited("Is that you?", "You owe {{ account.amount_due | money }}."))
    assert "words.identify: this page can't tell of 'account.amount_due' here" in told


def test_unsound_wording_is_told_with_its_line() -> None:
    told = complaint(edited("{{ values.day | date }}, and will", "{{ values.day | date , and will"))
    assert "words.promised" in told


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("language: en", "language: xx", "'xx' is no language we write"),
        ("  otherwise: We have", "  others: We have", "add `otherwise` to `about`"),
    ],
)
def test_files_that_are_none_are_told(old: str, new: str, wrong: str) -> None:
    assert wrong in complaint(edited(old, new))


def test_english_stands_in_for_others_and_each_language_is_there_once() -> None:
    with pytest.raises(ContentError, match="'en', which stands in for other languages, is missing"):
        load(es=SHIPPED["es"])
    with pytest.raises(ContentError, match="pages in 'en' are there already"):
        load(en=SHIPPED["en"], en2=SHIPPED["en"])
