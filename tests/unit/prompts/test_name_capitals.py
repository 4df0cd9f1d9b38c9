"""Names come from records in whatever capitals somebody once typed."""

from __future__ import annotations

import pytest

from ivr.prompts.name_capitals import with_capitals


@pytest.mark.parametrize(
    ("stored", "spoken"),
    [
        ("MARIA LOPEZ", "Maria Lopez"),
        ("maria lopez", "Maria Lopez"),
        ("  Maria   Lopez ", "Maria Lopez"),
        ("JANE O'NEIL-SMITH", "Jane O'Neil-Smith"),
        ("JOSÉ ÁLVAREZ", "José Álvarez"),
        ("Ludwig van Beethoven", "Ludwig van Beethoven"),
        ("Ronald McDonald", "Ronald McDonald"),
        ("", ""),
    ],
)
def test_with_capitals(stored: str, spoken: str) -> None:
    assert with_capitals(stored) == spoken
