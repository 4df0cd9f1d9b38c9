"""The smallest things that are heard: a text to be spoken, or a recorded clip."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath


@dataclass(frozen=True, slots=True)
class TextSegment:
    """A text, complete and in spoken form (`forty-two dollars`), that speech turns into sound."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class ClipSegment:
    """A recording, with the words that are on it (said by speech if the file can't be played)."""

    file: PurePath
    text: str
    language: str


Segment = TextSegment | ClipSegment
