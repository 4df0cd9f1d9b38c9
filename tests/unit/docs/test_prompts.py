"""Each slot on the page is said as the page says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

import pytest

from ivr.content_file import parse_content
from ivr.money import Money
from ivr.prompts.languages import LANGUAGES
from ivr.prompts.load_catalogue import load_catalogue
from ivr.prompts.slot_filters import slot_filters
from ivr.prompts.template import parse_template
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
    (example,) = blocks(PAGE, "yaml")
    catalogue = load_catalogue([parse_content(example, "prompts/en/rent.yaml")], [])
    assert catalogue.variables("rent-reminder", "en") == {"account.amount_due", "account.due_on"}
