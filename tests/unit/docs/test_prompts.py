"""Each slot on the page is said as the page says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from pathlib import Path, PurePath

import pytest

from ivr.content_file import parse_content, validate_content
from ivr.errors import ContentError
from ivr.money import Money
from ivr.prompts.languages import LANGUAGES
from ivr.prompts.lexicon import LexiconFile
from ivr.prompts.load_catalogue import load_catalogue
from ivr.prompts.policy import TtsPolicy
from ivr.prompts.segment import ClipSegment, JoinedSegment
from ivr.prompts.slot_filters import slot_filters
from ivr.prompts.template import parse_template
from ivr.settings import StudioSettings, load_settings
from tests.unit.docs.pages import blocks, page, section, table_rows

PAGE = page("prompts.md")
VALUES: Mapping[str, object] = {
    "42.50 USD": Money(4250, "USD"),
    "2026-03-03": date(2026, 3, 3),
    "2027-01-04": date(2027, 1, 4),
    "21": 21,
    "15:05": time(15, 5),
}
"""What is written for a value that is no text."""
SLOTS = [[cell.strip("`") for cell in row] for row in table_rows(section(PAGE, "## Slots"))]


@pytest.mark.parametrize(("slot", "given", "words"), SLOTS)
def test_a_slot_is_said_as_told(slot: str, given: str, words: str) -> None:
    namespace, _, name = slot.strip("{} ").partition(" ")[0].partition(".")
    variables = {namespace: {name: VALUES.get(given, given)}, "today": date(2026, 6, 1)}
    assert parse_template(slot, "en").sentences(variables) == (words,)


def test_every_filter_is_shown() -> None:
    shown = {slot.strip("{} ").rpartition("| ")[2] for slot, _given, _words in SLOTS}
    assert shown == set(slot_filters(LANGUAGES["en"]))


def test_the_example_can_be_used() -> None:
    catalogue = load_catalogue([parse_content(blocks(PAGE, "yaml")[0], "prompts/en/rent.yaml")], [])
    assert catalogue.variables("rent-reminder", "en") == {"account.amount_due", "account.due_on"}


def test_the_example_of_segments_keeps_its_promise_once_it_is_recorded() -> None:
    example = parse_content(blocks(PAGE, "yaml")[1], "prompts/en/rent.yaml")
    with pytest.raises(ContentError, match=r"your-rent-is\.wav"):
        load_catalogue([example], [])
    catalogue = load_catalogue([example], [PurePath("prompts/en/your-rent-is.wav")])
    heard = catalogue.render("rent", "en", {"account": {"amount_due": Money(4200, "USD")}})
    assert [type(segment) for segment in heard] == [ClipSegment, JoinedSegment]


def test_every_policy_is_told() -> None:
    assert [row[0].strip("`") for row in table_rows(section(PAGE, "## Segments"))] == list(TtsPolicy)


def test_the_example_of_the_answers_can_be_used() -> None:
    (text,) = blocks(section(PAGE, "## Answers"), "yaml")
    catalogue = load_catalogue([parse_content(text, "prompts/en/answers.yaml")], [])
    assert catalogue.questions() == {"where-to-pay": {"en": "Where can I pay?"}}
    assert catalogue.is_answer("where-to-pay")


def test_the_example_of_a_lexicon_can_be_used() -> None:
    (text,) = blocks(section(PAGE, "## Pronunciation"), "yaml")
    example = parse_content(text, "prompts/en/lexicon.yaml")
    assert validate_content(example, LexiconFile).words["IBAN"] == "eye ban"


def test_the_example_of_settings_can_be_used(tmp_path: Path) -> None:
    file = tmp_path / "config" / "ivr.toml"
    file.parent.mkdir()
    file.write_text(blocks(section(PAGE, "## Speech"), "toml")[0])
    assert load_settings(file, {}).speech.engines == ("piper", "pyttsx3")


def test_the_example_of_a_studio_can_be_used(tmp_path: Path) -> None:
    part = section(PAGE, "## Record by telephone")
    file = tmp_path / "ivr.toml"
    file.write_text(blocks(part, "toml")[0])
    settings = load_settings(file, {})
    assert (settings.inbound[0].number, settings.inbound[0].flow) == ("*77", "studio")
    assert [row[0].strip("`") for row in table_rows(part)] == list(StudioSettings.model_fields)
