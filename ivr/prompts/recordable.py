"""Which prompts can be recorded, and the number that one is recorded under by telephone.

A prompt's number follows from its name alone, so that it stays the same whatever else is written, here and in
every other installation.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping

from ivr.prompts.bulletin import BULLETIN
from ivr.prompts.catalogue import Catalogue
from ivr.prompts.policy import TtsPolicy
from ivr.prompts.prompt import Prompt

BULLETIN_NUMBER = "0"
_FIRST, _COUNT = 100_000, 900_000
"""Six digits, none of them a leading zero."""


def number_of(name: str) -> str:
    """Return the number that a prompt of this name is recorded under."""
    if name == BULLETIN:
        return BULLETIN_NUMBER
    digest = hashlib.sha256(name.encode()).digest()
    return str(_FIRST + int.from_bytes(digest[:8]) % _COUNT)


def names_by_number(catalogue: Catalogue) -> Mapping[str, str]:
    """Return the prompts that can be recorded by telephone; two that share a number can't."""
    names = [name for name in catalogue.names() if name != BULLETIN]
    counts = Counter(map(number_of, names))
    return {
        number: name
        for name in names
        if counts[number := number_of(name)] == 1
        and any(
            why_not_recorded(catalogue.prompt(name, language)) is None
            for language in catalogue.languages(name)
        )
    }


def why_not_recorded(prompt: Prompt) -> tuple[str, str] | None:
    """Return what is wrong with a recording of this prompt, and what would be right; None: nothing."""
    if prompt.variables:
        return (
            f"the prompt {prompt.name!r} has slots, which no recording can fill",
            "record the parts around them, as clips of its `segments`",
        )
    if prompt.policy is TtsPolicy.ALWAYS:
        return f"the prompt {prompt.name!r} is always spoken", "choose another `tts` for it first"
    return None
