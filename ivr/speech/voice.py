"""Which voice a text is to be spoken with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice as prompts name it; each engine has a voice of its own for it."""

    language: str
    """ISO 639-1: `en`."""
    name: str = ""
    """As a prompt's `voice` says; empty: the language's usual one."""


def engine_voice(voices: Mapping[str, str], voice: Voice) -> str:
    """Return an engine's own name for `voice` from its map of `es` or `es/announcer` to such names.

    A name the map doesn't have is spoken by the language's usual voice, and a language it doesn't have by the
    voice of that language's code: a wrong voice is better than no words.
    """
    named = voices.get(f"{voice.language}/{voice.name}")
    return named or voices.get(voice.language) or voice.language
