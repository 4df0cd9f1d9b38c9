"""Phone manners: how long we wait for a key, and how often we ask."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ivr.flows.choice import Key, PromptName


class Direction(StrEnum):
    """Who dialled."""

    OUTBOUND = "outbound"
    INBOUND = "inbound"


class Slower(BaseModel):
    """A key by which whoever can't follow has everything said more slowly."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: Key = Field(description="understood at every question where it means nothing else")
    prompt: PromptName = Field(description="says, more slowly, that we will; the question follows")


class Manners(BaseModel):
    """Times in seconds; a flow may set its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    first_key: float = Field(gt=0, le=60, description="silence after a question until it counts as one")
    between_keys: float = Field(default=3.0, gt=0, le=30)
    silences: int = Field(default=2, ge=1, le=5, description="unanswered askings until we give up")
    attempts: int = Field(default=3, ge=1, le=10, description="wrong keys until we give up")
    terminator: Key | None = Field(default="#", description="the key that ends a number early")
    restart: Key | None = Field(
        default="*", description="the key that begins a number anew, except where it is the decimal point"
    )
    repeat: Key | None = Field(default=None, description="the key that asks any question once more")
    slower: Slower | None = Field(
        default=None, description="the key that has everything from then on said more slowly"
    )
    screener: float = Field(
        default=30.0, gt=0, le=120, description="repeating the first words to a call screener"
    )
    opening: float = Field(
        default=5.0,
        gt=0,
        le=60,
        description="speech until a call has said who calls and why; the linter warns",
    )
    before_choice: float = Field(
        default=20.0, gt=0, le=120, description="speech before a question's first choice; the linter warns"
    )

    @model_validator(mode="after")
    def _keys_have_one_meaning(self) -> Manners:
        for name in ("terminator", "restart"):
            key = getattr(self, name)
            if key is not None and key.isdigit():
                raise ValueError(f"{name} {key} is a digit itself; use # or *")
        if self.terminator is not None and self.terminator == self.restart:
            raise ValueError(f"{self.terminator} can't both end and begin anew; change one of the two")
        if self.repeat is not None and self.repeat in (self.terminator, self.restart):
            name = "terminator" if self.repeat == self.terminator else "restart"
            raise ValueError(
                f"{self.repeat} can't be both {name} and repeat; give `{name}:` another key, or null"
            )
        if self.slower is not None and self.slower.key in (self.terminator, self.repeat):
            name = "terminator" if self.slower.key == self.terminator else "repeat"
            raise ValueError(
                f"{self.slower.key} can't be both {name} and slower; give one of them another key"
            )
        return self


_FIRST_KEY = {Direction.OUTBOUND: 7.0, Direction.INBOUND: 5.0}
"""Somebody who was called has the handset at the ear and lowers it to press; a caller is ready."""


def default_manners(direction: Direction) -> Manners:
    """Return what holds for a flow that says nothing of it."""
    return Manners(first_key=_FIRST_KEY[direction])


class Limits(BaseModel):
    """What ends a session that would not end."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    steps: int = Field(default=150, ge=5, le=1000, description="nodes entered and things said")
    seconds: float = Field(default=900.0, gt=0, le=7200, description="of the call, from its answer")
    depth: int = Field(default=5, ge=1, le=20, description="flows entered inside each other")
    pick_ups: int = Field(
        default=3,
        ge=0,
        le=10,
        description="drops of the engine that are survived; those in a talk elsewhere do not count",
    )
