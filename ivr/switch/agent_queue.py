"""A queue of agents, as people write it in TOML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

from ivr.phone_number import PhoneNumber, never_dialled
from ivr.switch.trunk import Name, Number

_PATH = re.compile(r"/[A-Za-z0-9._/-]{1,250}\Z", re.ASCII)


def _check_agent_number(text: str) -> str:
    if (why := never_dialled(PhoneNumber(text))) is not None:
        raise ValueError(f"{text!r} is never dialled: {why}; give the agent's own number")
    return text


def _check_queue_name(text: str) -> str:
    if text == "general":
        raise ValueError("'general' is Asterisk's own section; choose another name")
    return text


class AgentQueue(BaseModel):
    """One `[[queues]]` block: agents who take the calls that customers ask to be put through."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[Name, AfterValidator(_check_queue_name)]
    members: tuple[Name, ...] = ()
    """User names of softphones."""
    numbers: tuple[Annotated[Number, AfterValidator(_check_agent_number)], ...] = ()
    """Telephone numbers of agents elsewhere, rung over `trunk`; listing one is the leave to ring it."""
    trunk: Name | None = None
    """The trunk that `numbers` are rung over."""
    numbers_log_in: bool = False
    """Agents on numbers get no calls until they log in by telephone, after each start of Asterisk."""
    penalties: Mapping[str, Annotated[int, Field(ge=1, le=20)]] = {}
    """By user name or number: who has none is rung first, the others by and by."""
    strategy: Literal["ringall", "leastrecent", "fewestcalls", "random", "rrmemory", "linear"] = "rrmemory"
    weight: Annotated[int, Field(ge=0, le=99)] = 0
    """Of two queues with the same agents the one with more is served first."""
    ring_seconds: Annotated[int, Field(ge=5, le=120)] = 20
    wrap_up_seconds: Annotated[int, Field(ge=0, le=600)] = 10
    longest_wait_seconds: Annotated[int, Field(ge=10, le=3600)] = 300
    """After it the caller comes back to the flow."""
    music: Path | None = None
    """A folder of WAV files, 8 kHz mono; without it who waits hears ringing."""
    whisper: Path | None = None
    """A WAV file, 8 kHz mono, that the agent hears before the caller is connected."""
    announce_position: bool = False
    """Tell callers their place in the queue and, once it is known, about how long it takes."""
    announce_seconds: Annotated[int, Field(ge=15, le=600)] = 60
    """Between two such announcements."""

    @model_validator(mode="after")
    def _numbers_have_a_trunk(self) -> Self:
        if self.numbers and self.trunk is None:
            raise ValueError("the agents' `numbers` are rung over no trunk; name one in `trunk`")
        return self

    @model_validator(mode="after")
    def _penalties_are_of_agents(self) -> Self:
        for who in self.penalties:
            if who not in (*self.members, *self.numbers):
                raise ValueError(f"{who!r} in `penalties` is no agent of the queue; mend it, or remove it")
        return self

    @field_validator("music", "whisper")
    @classmethod
    def _fits_into_a_line(cls, path: Path | None) -> Path | None:
        if path is not None and not _PATH.match(str(path)):
            raise ValueError(
                f"'{path}' can't be given to Asterisk; write an absolute path of letters, digits and . _ - /"
            )
        return path
