"""What callers hear while they wait in a queue: the sounds that Asterisk puts together, in words of ours.

Asterisk tells the place in the queue from files that it looks for by name, in the language of the call: a
sentence, a number made of its clips, the rest of the sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ivr.prompts.core_sounds import clips_of, words_of_clips
from ivr.prompts.languages import LANGUAGES

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "queue-youarenext": "queue-you-are-next",
        "queue-thereare": "queue-you-are-number",
        "queue-callswaiting": "queue-of-the-line",
        "queue-holdtime": "queue-wait-is-about",
        "queue-minute": "queue-minute",
        "queue-minutes": "queue-minutes",
        "queue-thankyou": "queue-stay-on-the-line",
    }
)
"""Asterisk's name of each sentence, with the prompt that says it."""
HIGHEST = 199
"""The highest number that is said in our own voice."""
_HUNDRED = {"es": {"digits/100": "cien"}}
"""Asterisk has a clip for it that is in none of its packages."""


def channel_language(language: str) -> str:
    """Return the language of a call to whom our own sounds are played.

    Asterisk goes by the part before the underscore where there are none.
    """
    return f"{language}_ours"


def number_sounds(language: str) -> Mapping[str, str]:
    """Return the clips that the numbers up to HIGHEST are made of, each with its words."""
    spoken, words = LANGUAGES[language], words_of_clips(language)
    numbers = (clips_of(spoken.number(number), "number", language) for number in range(HIGHEST + 1))
    used = dict.fromkeys(clip for clips in numbers for clip in clips or ())
    return {**{clip: words[clip] for clip in used if clip in words}, **_HUNDRED.get(language, {})}
