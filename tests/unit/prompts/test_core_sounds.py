"""A slot's value from clips: all of its words, or none."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest

from ivr.money import Money
from ivr.phone_number import parse_phone_number
from ivr.prompts.core_sounds import LEFT_TO_SPEECH, clips_of
from ivr.prompts.languages import LANGUAGES
from ivr.prompts.segment import PAUSE
from ivr.switch.layout import SwitchLayout


@pytest.mark.parametrize(
    ("language", "value", "clips"),
    [
        ("en", 0, "0"),
        ("en", 21, "20 1"),
        ("en", 101, "1 hundred 1"),
        ("en", 1_000_000, "1 million"),
        ("en", -7, "minus 7"),
        ("es", 0, "0"),
        ("es", 21, "21"),
        ("es", 31, "30 and 1"),
        ("es", 101, "100-and 1"),
        ("es", 2_000_501, "2 millions 500 1"),
        ("fr", 71, "60 et 11"),
        ("fr", 80, "80"),
        ("fr", 81, "80 1"),
        ("fr", 97, "90 7"),
        ("fr", 201, "2 hundred 1"),
        ("fr", 1_000_000, "1 million"),
    ],
)
def test_a_number_is_joined_of_its_words(language: str, value: int, clips: str) -> None:
    words = LANGUAGES[language].number(value)
    assert clips_of(words, "number", language) == tuple(f"digits/{clip}" for clip in clips.split())


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "forty-two dollars and fifty cents"),
        ("es", "cuarenta y dos dólares con cincuenta centavos"),
        ("es", "veintiún dólares"),
        ("fr", "quarante-deux dollars et cinquante cents"),
        ("fr", "cent euros"),
    ],
)
def test_an_amount_with_a_word_that_has_no_clip_is_spoken(language: str, words: str) -> None:
    assert clips_of(words, "money", language) is None


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_whole_dollars_have_clips(language: str) -> None:
    clips = clips_of(LANGUAGES[language].money(Money(4200, "USD")), "money", language)
    assert clips is not None
    assert clips[-1] == "digits/dollars"


def test_a_telephone_number_keeps_its_pauses() -> None:
    words = LANGUAGES["en"].telephone(parse_phone_number("+12025550123"))
    clips = clips_of(words, "telephone", "en")
    assert clips is not None
    assert [index for index, clip in enumerate(clips) if clip == PAUSE] == [3, 7]


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_a_date_has_clips(language: str) -> None:
    assert clips_of(LANGUAGES[language].date(date(2028, 2, 29), None), "date", language)


def test_letters_are_clips_only_where_text_is_spelled() -> None:
    assert clips_of("Y, A", "characters", "es") == ("letters/y", PAUSE, "letters/a")
    assert clips_of("tres y A", "number", "es") is None


def test_names_are_always_spoken() -> None:
    assert clips_of("May", "name", "en") is None


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_each_clip_is_in_the_packages(language: str) -> None:
    sounds = (
        SwitchLayout(Path(os.environ.get("IVR_HOME", ".ivr"))).asterisk_root
        / "usr/share/asterisk/sounds"
        / language
    )
    if not sounds.exists():
        pytest.skip("the sounds are not there; fetch them with `ivr asterisk install`")
    forms = LANGUAGES[language]
    said = [forms.number(value) for value in range(1000)]
    said += [forms.date(date(2026, 1 + day % 12, 1 + day % 28), None) for day in range(84)]
    clips = {clip for words in said for clip in clips_of(words, "date", language) or ()}
    clips |= set(clips_of("a, z", "characters", language) or ())
    assert [clip for clip in sorted(clips - {PAUSE}) if not (sounds / f"{clip}.wav").exists()] == []


def has_clips(language: str, kind: str, value: object) -> bool:
    words = getattr(LANGUAGES[language], kind)(*((value, None) if kind == "date" else (value,)))
    return clips_of(words, kind, language) is not None


@pytest.mark.parametrize(
    ("kind", "usual", "left"),
    [
        ("number", [0, 21, 101, 1_999, 1_000_000], [Decimal("1.5")]),
        ("ordinal", [1, 21, 39], [40]),
        ("digits", ["0123456789"], []),
        ("characters", ["abc"], ["ñ"]),
        ("telephone", [parse_phone_number("+12025550123")], []),
        ("money", [Money(4200, "USD")], [Money(4250, "USD"), Money(4200, "EUR")]),
        ("date", [date(2026, 3, 31), date(2024, 2, 29)], []),
        ("time", [time(9, 30), time(15)], [time(0), time(12)]),
    ],
)
@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_what_is_told_to_be_left_to_speech_is_left(
    language: str, kind: str, usual: Sequence[object], left: Sequence[object]
) -> None:
    told = LEFT_TO_SPEECH[language]
    first_of_month = [date(2026, 3, 1)] if kind == "date" and language != "en" else []
    assert all(has_clips(language, kind, value) == (kind in told) for value in usual)
    assert not any(has_clips(language, kind, value) for value in (*left, *first_of_month))
    assert bool(told.get(kind)) == bool(kind in told and (*left, *first_of_month))
