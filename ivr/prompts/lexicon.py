"""How a speech engine is made to say words it gets wrong: `prompts/<language>/lexicon.yaml`.

    words:
      IBAN: eye ban
      nguyen: win

Applied to what is spoken only; what people read stays as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StrictStr

LEXICON_NAME = "lexicon"
"""The file's name without its suffix."""


def _a_word(text: str) -> str:
    if text != " ".join(text.split()) or not re.match(r"\w(?:.*\w)?\Z", text):
        raise ValueError(f"{text!r} is no word; write letters, with single spaces between words")
    return text


def _sayable(text: str) -> str:
    if not re.search(r"\w", text) or not text.isprintable():
        raise ValueError(f"{text!r} can't be said; write letters that sound as the word does")
    return text


class LexiconFile(BaseModel):
    """The lexicon of one language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: dict[Annotated[StrictStr, AfterValidator(_a_word)], Annotated[StrictStr, AfterValidator(_sayable)]]
    """A word, or several, and how to spell it so that it sounds right. In lower case it is meant in any
    capitals; with a capital, only as it is written."""


class Lexicon:
    """The pronunciations of one language."""

    def __init__(self, words: Mapping[str, str]) -> None:
        """Take what `LexiconFile` holds."""
        self._words = words
        longest_first = sorted(words, key=len, reverse=True)
        found = "|".join(re.escape(word) for word in longest_first)
        self._pattern = re.compile(rf"(?<!\w)(?:{found})(?!\w)", re.IGNORECASE)
        self._in_lower_case = frozenset(word.lower() for word in words)

    def pronounced(self, text: str) -> str:
        """Return `text` as an engine has to read it; empty when that is no other."""
        # Nearly every text holds none of the words, which is seen faster than a pattern is searched for.
        if not any(map(text.lower().__contains__, self._in_lower_case)):
            return ""
        spelled = self._pattern.sub(self._spelled, text)
        return "" if spelled == text else spelled

    def _spelled(self, found: re.Match[str]) -> str:
        word = found.group()
        return self._words.get(word) or self._words.get(word.lower()) or word


NO_LEXICON = Lexicon({})
