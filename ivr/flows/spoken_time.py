"""How long speech takes, before anybody has spoken it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import takewhile

from ivr.errors import FlowError
from ivr.flows.catalogue import PromptCatalogue
from ivr.flows.variables import Variables

WORDS_PER_MINUTE = 165
"""The rate of the default speech engine; people who read out loud are between 140 and 180."""
SENTENCE_PAUSE = 0.25
"""Seconds of silence after each sentence."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def sentences_of(
    catalogue: PromptCatalogue, prompt: str, language: str, variables: Variables
) -> tuple[str, ...]:
    """Return what is heard, sentence by sentence; nothing when it depends on what only a call brings."""
    try:
        segments = catalogue.render(prompt, language, variables)
    except FlowError:
        return ()
    return tuple(_SENTENCE_END.split(" ".join(segment.text for segment in segments)))


def seconds_of(sentences: Iterable[str]) -> float:
    """Return about how long the sentences take."""
    return sum(len(sentence.split()) * 60 / WORDS_PER_MINUTE + SENTENCE_PAUSE for sentence in sentences)


def before_choice(sentences: Iterable[str], keys: Collection[str]) -> tuple[str, ...]:
    """Return the sentences that come before the first one which names one of the keys."""
    return tuple(
        takewhile(lambda sentence: not (set(re.findall(r"[0-9*#]+", sentence)) & set(keys)), sentences)
    )
