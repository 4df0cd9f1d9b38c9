"""The smallest things that are heard: a text to be spoken, a recorded clip, or words joined of clips.

`text` has the words as people read them. `pronounced` has them as the lexicon spells them for a speech
engine, empty when that is the same; `voice` is the prompt's own, empty for the language's usual one. `tempo`
is how fast it is said to this listener.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePath

from ivr.tempo import Tempo

PAUSE = ","
"""Among the clips of a JoinedSegment: a short silence."""


@dataclass(frozen=True, slots=True)
class TextSegment:
    """A text, complete and in spoken form (`forty-two dollars`), that speech turns into sound."""

    text: str
    language: str
    voice: str = ""
    pronounced: str = ""
    tempo: Tempo = Tempo.USUAL


@dataclass(frozen=True, slots=True)
class ClipSegment:
    """A recording, with the words that are on it (said by speech if the file can't be played)."""

    file: PurePath
    text: str
    language: str
    voice: str = ""
    pronounced: str = ""
    tempo: Tempo = Tempo.USUAL


@dataclass(frozen=True, slots=True)
class JoinedSegment:
    """A slot's value, put together from clips of a voice (said by speech if one of them is missing)."""

    clips: tuple[str, ...]
    """Names below the language's folder of the voice: `digits/20`, and PAUSE."""
    text: str
    language: str
    voice: str = ""
    pronounced: str = ""
    tempo: Tempo = Tempo.USUAL


Segment = TextSegment | ClipSegment | JoinedSegment


def at_tempo(segments: tuple[Segment, ...], tempo: Tempo) -> tuple[Segment, ...]:
    """Return the segments to be said as fast as that."""
    return segments if tempo is Tempo.USUAL else tuple(replace(each, tempo=tempo) for each in segments)


def as_speech(segment: Segment) -> TextSegment:
    """Return what an engine has to say where the segment's own sound can't be had."""
    return TextSegment(segment.text, segment.language, segment.voice, segment.pronounced, segment.tempo)
