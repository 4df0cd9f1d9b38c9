"""What a program sends when an agent says what a call came to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from ivr.engine.record_disposition import AgentWord
from ivr.outcomes.agent_disposition import AgentDisposition
from ivr.outcomes.promised import Promised
from ivr.outcomes.written_card import holds_card_number
from ivr.web.access import ApiClient

Name = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]{1,120}$")]
"""One line of text."""
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)\Z", re.ASCII)


def _written_moment(value: object) -> object:
    """Refuse seconds since 1970: whoever sends a number may mean something else."""
    if value is None or (isinstance(value, str) and _MOMENT.match(value)):
        return value
    raise ValueError("it is no moment with its zone; write one as 2026-03-02T15:30:00-05:00")


def _without_card_number(name: str) -> str:
    if holds_card_number(name):
        raise ValueError("it holds a number that may be a card's; leave that out of it")
    return name


Moment = Annotated[AwareDatetime, BeforeValidator(_written_moment)]
Note = Annotated[str, StringConstraints(max_length=2000, pattern=r"^[^\x00-\x08\x0b-\x1f\x7f]*$")]


class DispositionBody(BaseModel):
    """What a call with an agent came to."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    disposition: AgentDisposition
    agent: Annotated[Name, AfterValidator(_without_card_number)] | None = Field(
        default=None, description="Who says it; without it the program's own name."
    )
    note: Note = Field(default="", description="In the agent's words; no card numbers.")
    promise: Promised | None = Field(
        default=None, description="Of `promise_to_pay`; without an amount it is all that is due."
    )
    call_at: Moment | None = Field(default=None, description="Of `callback`: when, with its zone.")
    customer_id: Name | None = Field(
        default=None, description="Who was on the line, where the story does not know it."
    )
    account_id: Name | None = Field(default=None, description="Which account, where there is no alert.")

    @model_validator(mode="after")
    def _brings_what_its_word_takes(self) -> Self:
        if self.promise is not None and self.disposition is not AgentDisposition.PROMISE_TO_PAY:
            raise ValueError(f"`promise` says nothing with {self.disposition}; leave it out")
        if self.call_at is not None and self.disposition is not AgentDisposition.CALLBACK:
            raise ValueError(f"`call_at` says nothing with {self.disposition}; leave it out")
        return self

    def word(self, story_id: str, key: str, client: ApiClient) -> AgentWord:
        """Return it as the use case takes it."""
        return AgentWord(
            story_id=story_id,
            client=client.name,
            key=key,
            agent=self.agent or client.name,
            disposition=self.disposition,
            details=self._details,
            note=self.note,
            customer_id=self.customer_id,
            account_id=self.account_id,
        )

    @property
    def _details(self) -> Mapping[str, object]:
        if self.promise is not None:
            return self.promise.model_dump(mode="json", exclude_defaults=True)
        return {} if self.call_at is None else {"moment": self.call_at.isoformat()}
