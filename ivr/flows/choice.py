"""A key and what it leads to."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    JsonValue,
    StringConstraints,
    model_validator,
)

from ivr.flows.actions import Actions, Answer, Go, Log
from ivr.outcomes.promised import read_promised
from ivr.outcomes.response import Response


def _digit_as_text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Key = Annotated[str, StringConstraints(pattern=r"^[0-9*#]$"), BeforeValidator(_digit_as_text)]
"""One key of a telephone; YAML's `8` is as good as `"8"`."""

NodeName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
"""A node's name in its flow: small letters, digits, hyphens."""

PromptName = Annotated[str, StringConstraints(min_length=1)]
"""A prompt's name in the catalogue."""


class Choice(BaseModel):
    """What a key of a question does: `{to: pay, response: confirmed}`, or only the target's name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    to: NodeName = Field(description="where the key leads")
    response: Response | None = Field(default=None, description="what the person means by this key")
    details: dict[str, JsonValue] = Field(default_factory=dict, description="kept with the response")

    @model_validator(mode="after")
    def _details_belong_to_a_response(self) -> Choice:
        if self.details and self.response is None:
            raise ValueError("details without a response would be lost; add `response:`")
        if self.response is Response.PROMISED:
            read_promised(self.details)
        return self

    @cached_property
    def taken(self) -> Actions:
        """What choosing this does; the log tells where it led, never which key it was."""
        record = Log("menu_choice", {"to": self.to})
        if self.response is None:
            return (record, Go(self.to))
        return (record, Answer(self.response, self.details), Go(self.to))


def _named_target(value: object) -> object:
    return {"to": value} if isinstance(value, str) else value


Choices = dict[Key, Annotated[Choice, BeforeValidator(_named_target)]]
"""Choices by key; a bare name stands for a choice that only goes there."""
