"""Cutting a text into sentences, so that what many calls share is spoken and stored once.

What fills a slot is never cut: `protect` hides its spaces and full stops until the cutting is done.
"""

from __future__ import annotations

import re
from collections.abc import Collection

_SPACE = "\ue000"
"""Stands for a space inside a slot's value (private use area: no text holds it)."""
_END = "\ue001"
"""Marks the end of a slot's value."""
_SENTENCE_END = re.compile(r"""(?P<last>\S*[.!?…])["'\u201d\u2019)]*\s+""")
_INITIAL = re.compile(r"(?:^|\W)[A-Z]\.$")
_UNSPEAKABLE = re.compile(r"[\x00-\x1f\x7f\ue000\ue001]")
_SLOT_STOP = re.compile(rf"([.!?…]){_END}\.")


def spoken_words(value: str) -> str:
    """Return a slot's value with single spaces and without what can't be spoken."""
    # Nearly every value is so already; a printable text has no other white space than spaces.
    if value.isprintable() and "  " not in value and value == value.strip():
        return value
    return " ".join(_UNSPEAKABLE.sub(" ", value).split())


def protect(value: str) -> str:
    """Return a slot's value so that `split_sentences` keeps it whole and in its sentence."""
    words = spoken_words(value).split()
    return _SPACE.join(words) + _END if words else ""


def split_sentences(text: str, abbreviations: Collection[str]) -> tuple[str, ...]:
    """Return the sentences of `text` with single spaces, none empty, every protected value restored.

    A full stop after one of `abbreviations` (lower case, with the stop) or after an initial ends nothing, and
    a sentence that ends in a value with a full stop of its own (`Acme Inc.`) gets no second one.
    """
    return tuple(restored for raw in split_raw(text, abbreviations) if (restored := restore(raw)))


def split_raw(text: str, abbreviations: Collection[str]) -> list[str]:
    """Return the sentences of `text` as they stand in it, protected values included."""
    sentences = []
    start = 0
    for end in _SENTENCE_END.finditer(text):
        last = end["last"]
        if last.lower() not in abbreviations and not _INITIAL.search(last):
            sentences.append(text[start : end.end()])
            start = end.end()
    sentences.append(text[start:])
    return sentences


def restore(sentence: str) -> str:
    """Return a raw sentence with single spaces and its protected values as they are said."""
    sentence = _SLOT_STOP.sub(r"\1", sentence)
    return " ".join(sentence.replace(_SPACE, " ").replace(_END, "").split())
