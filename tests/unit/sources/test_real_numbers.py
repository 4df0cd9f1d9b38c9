"""Telephone numbers as people of twenty countries really wrote them down."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from babel import Locale

from ivr.phone_number import national_format, parse_phone_number

SAMPLES = Path(__file__).parents[4] / "shared" / "data" / "chinook.sqlite"


def written_numbers() -> list[tuple[str, str]]:
    """Return each number with the region of its country's name."""
    regions = {str(name): code for code, name in Locale("en").territories.items() if len(code) == 2}
    regions |= {"USA": "US", "Czech Republic": "CZ"}
    connection = sqlite3.connect(f"file:{SAMPLES}?mode=ro&immutable=1", uri=True)
    try:
        rows = connection.execute("SELECT Phone, Country FROM Customer WHERE Phone IS NOT NULL").fetchall()
    finally:
        connection.close()
    return [(phone, regions[country]) for phone, country in rows]


A_DIGIT_TOO_MANY = "+453 3331 9991"
"""Denmark's numbers have eight digits after +45."""


@pytest.mark.skipif(not SAMPLES.exists(), reason="the sample data is not on this machine")
def test_every_number_is_read_and_the_one_that_can_not_be_is_refused() -> None:
    numbers = written_numbers()
    assert numbers
    refused = []
    for written, region in numbers:
        try:
            number = parse_phone_number(written, region)
        except ValueError:
            refused.append(written)
        else:
            assert parse_phone_number(national_format(number), region) == number
    assert refused == [A_DIGIT_TOO_MANY]
