"""A text is cut where people pause, and never inside a slot's value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.prompts.sentences import protect, split_sentences

ABBREVIATIONS = {"mr.", "st."}


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Thank you. Goodbye.", ("Thank you.", "Goodbye.")),
        ("Really? Yes! Well… fine", ("Really?", "Yes!", "Well…", "fine")),
        ("Ask for Mr. Smith. Thank you.", ("Ask for Mr. Smith.", "Thank you.")),
        ("Ask for J. R. Smith. Thank you.", ("Ask for J. R. Smith.", "Thank you.")),
        ("Version 2.5 is out.", ("Version 2.5 is out.",)),
        ('He said "no." Then he left.', ('He said "no."', "Then he left.")),
        ("  One,\n  moment.\n", ("One, moment.",)),
        ("  \n ", ()),
    ],
)
def test_split_sentences(text: str, sentences: tuple[str, ...]) -> None:
    assert split_sentences(text, ABBREVIATIONS) == sentences


def test_a_value_with_a_full_stop_does_not_end_the_sentence() -> None:
    text = f"This is {protect('Acme Inc.')} calling. Hello."
    assert split_sentences(text, ABBREVIATIONS) == ("This is Acme Inc. calling.", "Hello.")


def test_a_value_of_several_sentences_stays_in_one_piece() -> None:
    text = f"Your note: {protect('Come at ten. Ring twice!')} Goodbye."
    assert split_sentences(text, ABBREVIATIONS) == ("Your note: Come at ten. Ring twice! Goodbye.",)


def test_a_value_brings_its_own_full_stop_at_the_end() -> None:
    assert split_sentences(f"This is {protect('Acme Inc.')}. Hello.", ABBREVIATIONS) == (
        "This is Acme Inc.",
        "Hello.",
    )


@given(st.lists(st.text(max_size=20), max_size=6))
def test_whatever_fills_the_slots_the_shared_sentences_stay_the_same(values: list[str]) -> None:
    text = "".join(f"Hello {protect(value)}. Press one. " for value in values)
    sentences = split_sentences(text, ABBREVIATIONS)
    assert sentences.count("Press one.") == len(values)
    assert len(sentences) == 2 * len(values)


@given(st.text())
def test_nothing_unspeakable_is_left(value: str) -> None:
    for sentence in split_sentences(protect(value), ABBREVIATIONS):
        assert not any(character < " " or character in "\x7f\ue000\ue001" for character in sentence)
