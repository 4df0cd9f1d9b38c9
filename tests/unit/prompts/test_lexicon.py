"""What the engine reads is not what people read."""

from __future__ import annotations

import pytest

from ivr.content_file import parse_content, validate_content
from ivr.errors import ContentError
from ivr.prompts.lexicon import Lexicon, LexiconFile

LEXICON = Lexicon({"IBAN": "eye ban", "nguyen": "win", "St. Louis": "Saint Lewis", "IT": "eye tee"})


@pytest.mark.parametrize(
    ("text", "pronounced"),
    [
        ("Your IBAN.", "Your eye ban."),
        ("Ms. Nguyen, NGUYEN.", "Ms. win, win."),
        ("In St. Louis.", "In Saint Lewis."),
        ("If it is IT, press 1.", "If it is eye tee, press 1."),
        ("IBANs, nguyens.", ""),
        ("Nothing of that.", ""),
    ],
)
def test_whole_words_are_spelled_for_the_engine(text: str, pronounced: str) -> None:
    assert LEXICON.pronounced(text) == pronounced


def test_an_empty_lexicon_changes_nothing() -> None:
    assert Lexicon({}).pronounced("Hello.") == ""


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("' a': b", "is no word"),
        ("'?': b", "is no word"),
        ("a: '...'", "can't be said"),
        ("a: 5", "can't be used"),
        ("a: ''", "can't be said"),
    ],
)
def test_a_word_that_can_not_be_used_is_told(line: str, told: str) -> None:
    content = parse_content(f"words:\n  {line}\n", "prompts/en/lexicon.yaml")
    with pytest.raises(ContentError, match=told):
        validate_content(content, LexiconFile)
