"""The `[speech]` section of the settings: who speaks, and how much of it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from ivr.speech.pyttsx3_engine import VOICES

PYTTSX3 = "pyttsx3"


class Pyttsx3Settings(BaseModel):
    """pyttsx3 on espeak-ng."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    voices: Mapping[str, str] = dict(VOICES)
    """espeak-ng's voice for each language (`es`) and each named voice (`es/announcer`)."""
    words_per_minute: int = Field(default=165, ge=80, le=400)
    timeout_seconds: float = Field(default=5, gt=0, le=60)
    """For one utterance."""

    @field_validator("voices")
    @classmethod
    def _others_stay(cls, value: Mapping[str, str]) -> Mapping[str, str]:
        return {**VOICES, **value}


class ExternalSettings(BaseModel):
    """A command that speaks."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    command: tuple[str, ...] = Field(min_length=1)
    """The command and its arguments, read by no shell. The text is on its standard input; `{voice}` becomes
    the voice, and `{output}` the WAV file to write (without it, the WAV comes from standard output)."""
    voices: Mapping[str, str] = {}
    """What `{voice}` becomes for each language (`es`) and each named voice (`es/announcer`)."""
    timeout_seconds: float = Field(default=10, gt=0, le=60)
    """For one utterance."""


class SpeechSettings(BaseModel):
    """Who speaks, and how much of it is kept."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    engines: tuple[str, ...] = Field(default=(PYTTSX3,), min_length=1)
    """First choice first: `pyttsx3` or names of `[speech.external.NAME]`. When one fails, the next speaks."""
    workers: int = Field(default=2, ge=1, le=64)
    """How many texts are spoken at a time."""
    cache_megabytes: int = Field(default=2048, ge=10)
    """Beyond this, the sound that was not asked for longest is forgotten."""
    pyttsx3: Pyttsx3Settings = Pyttsx3Settings()
    external: Mapping[str, ExternalSettings] = {}

    @field_validator("engines")
    @classmethod
    def _each_once(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(value)) != len(value):
            raise ValueError("an engine is there twice; name each once, first choice first")
        return value

    @model_validator(mode="after")
    def _all_are_known(self) -> Self:
        known = (PYTTSX3, *self.external)
        for name in self.engines:
            if name not in known:
                right = f"use {', '.join(known)}, or write a section [speech.external.{name}]"
                raise ValueError(f"there is no speech engine {name!r}; {right}")
        return self
