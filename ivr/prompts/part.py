"""The parts of a prompt: each sounds in one way, for a reason that people can be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Protocol

from ivr.prompts.core_sounds import LEFT_TO_SPEECH, clips_of
from ivr.prompts.lexicon import Lexicon
from ivr.prompts.segment import ClipSegment, JoinedSegment, Segment, TextSegment
from ivr.prompts.template import Template

_KNOWN_TEXTS = 512
"""Texts that a speaker remembers how to say: nearly all sentences are the same in every call."""


class Sound(StrEnum):
    """How a part is heard."""

    RECORDING = "recording"
    """A recording of just these words."""
    CLIPS = "clips"
    """A slot's value from the clips of a recorded voice, by speech when it has no clips for the value."""
    SPEECH = "speech"
    """Text-to-speech."""


class Speaker:
    """How texts in one language and voice are spoken."""

    def __init__(self, language: str, lexicon: Lexicon, voice: str = "") -> None:
        """Take the words that the language's engine gets wrong, and the voice; empty: the usual one."""
        self.language = language
        self.lexicon = lexicon
        self.voice = voice
        self.say: Callable[[str], TextSegment] = lru_cache(maxsize=_KNOWN_TEXTS)(self._say)
        """Returns a text as it will be spoken."""

    def _say(self, text: str) -> TextSegment:
        return TextSegment(text, self.language, self.voice, self.lexicon.pronounced(text))


class Part(Protocol):
    """One part of a prompt."""

    @property
    def sound(self) -> Sound:
        """How it is heard."""
        ...

    @property
    def why(self) -> str:
        """Why it is heard so, a clause."""
        ...

    @property
    def wording(self) -> str:
        """The words or slots as they are written."""
        ...

    @property
    def has_fixed_words(self) -> bool:
        """Whether it holds more than slots."""
        ...

    @property
    def variables(self) -> frozenset[str]:
        """What its slots may ask for; empty: it is always the same."""
        ...

    def render(self, variables: Mapping[str, object]) -> tuple[Segment, ...]:
        """Return what is heard; raises ValueError, in a clause, when a variable is missing or unfit."""
        ...


@dataclass(frozen=True, slots=True)
class SpokenPart:
    """Wording that is spoken, sentence by sentence."""

    wording: str
    template: Template
    speaker: Speaker
    why: str
    has_fixed_words: bool = True
    sound: Sound = Sound.SPEECH

    @property
    def variables(self) -> frozenset[str]:
        """What its slots may ask for."""
        return self.template.variables

    def render(self, variables: Mapping[str, object]) -> tuple[Segment, ...]:
        """Return one segment per sentence."""
        return tuple(map(self.speaker.say, self.template.sentences(variables)))


@dataclass(frozen=True, slots=True)
class RecordedPart:
    """A recording."""

    clip: ClipSegment
    has_fixed_words: bool = True
    variables: frozenset[str] = frozenset()
    sound: Sound = Sound.RECORDING

    @property
    def wording(self) -> str:
        """The words that are on the recording."""
        return self.clip.text

    @property
    def why(self) -> str:
        """Which file it is."""
        return f"{self.clip.file.name} is there"

    def render(self, _: Mapping[str, object]) -> tuple[Segment, ...]:
        """Return the recording."""
        return (self.clip,)


@dataclass(frozen=True, slots=True)
class ClipsPart:
    """A slot whose value is put together from clips."""

    wording: str
    kind: str
    """The slot's filter: `money`."""
    template: Template
    speaker: Speaker
    has_fixed_words: bool = False
    sound: Sound = Sound.CLIPS

    @property
    def why(self) -> str:
        """That clips were asked for, and what they can't say."""
        left = LEFT_TO_SPEECH[self.template.language][self.kind]
        return f"`slots: recorded`; {left} are spoken" if left else "`slots: recorded`"

    @property
    def variables(self) -> frozenset[str]:
        """What the slot asks for."""
        return self.template.variables

    def render(self, variables: Mapping[str, object]) -> tuple[Segment, ...]:
        """Return the value's clips, or its words to be spoken when there are no clips for one of them."""
        said: list[Segment] = []
        for text in self.template.sentences(variables):
            spoken = self.speaker.say(text)
            clips = clips_of(text, self.kind, spoken.language)
            if clips is None:
                said.append(spoken)
            else:
                said.append(JoinedSegment(clips, text, spoken.language, spoken.voice, spoken.pronounced))
        return tuple(said)
