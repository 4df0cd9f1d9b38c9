"""Every number that Asterisk may say to who waits has its clips in words of ours."""

from __future__ import annotations

import pytest

from ivr.prompts.core_sounds import clips_of
from ivr.prompts.languages import LANGUAGES
from ivr.prompts.queue_sounds import HIGHEST, channel_language, number_sounds


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_is_made_of_sounds_that_are_there(language: str) -> None:
    sounds, spoken = number_sounds(language), LANGUAGES[language]
    for number in range(HIGHEST + 1):
        assert set(clips_of(spoken.number(number), "number", language) or ()) <= set(sounds), number
    assert sounds["digits/7"] == spoken.number(7)


def test_each_clip_has_the_words_of_its_language() -> None:
    assert number_sounds("es")["digits/and"] == "y"
    assert number_sounds("es")["digits/100"] == "cien"
    assert number_sounds("fr")["digits/et"] == "et"
    assert number_sounds("en")["digits/hundred"] == "hundred"


def test_where_ours_are_missing_asterisk_falls_back_to_its_own() -> None:
    assert channel_language("es").partition("_")[0] == "es"
