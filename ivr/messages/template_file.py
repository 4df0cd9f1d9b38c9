"""A message template as it is written: `messages/<name>.yaml`.

name: payment-link
title: A link to pay
tier: confirmed
link: {purpose: pay, good_for: 3d}
values: {amount: 42.50 USD}
languages:
  en:
    subject: Your payment to {{ company.name }}
    email: |
      …
    sms: "{{ company.name }}: pay here: {{ link }}"
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StrictStr, field_validator, model_validator

from ivr.duration import Duration
from ivr.messages.link import LinkPurpose
from ivr.messages.written_forms import WRITTEN
from ivr.prompts.languages import DEFAULT_LANGUAGE

MessageName = Annotated[StrictStr, Field(pattern=r"^[a-z][a-z0-9-]{0,62}$")]
ValueName = Annotated[StrictStr, Field(pattern=r"^[a-z][a-z0-9_]{0,62}$")]

_LONGEST_LINK = timedelta(days=30)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LinkTerms(_Part):
    """What the link in a message is for, and how long it works."""

    purpose: LinkPurpose
    good_for: Duration

    @field_validator("good_for")
    @classmethod
    def _is_not_for_ever(cls, value: timedelta) -> timedelta:
        if not timedelta(minutes=5) <= value <= _LONGEST_LINK:
            raise ValueError("a link works for 5m at least and 30d at most; write such a time")
        return value


class Wordings(_Part):
    """What is written in one language: to be sent by e-mail, as a text message, or either."""

    subject: Annotated[StrictStr, Field(min_length=1, max_length=200)] | None = None
    email: Annotated[StrictStr, Field(min_length=1)] | None = None
    sms: Annotated[StrictStr, Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.subject is None) != (self.email is None):
            raise ValueError("an e-mail has a `subject` and a text, `email`; write both, or neither")
        if self.email is None and self.sms is None:
            raise ValueError("nothing is written; write `subject` and `email`, or `sms`, or all three")
        return self


class MessageFile(_Part):
    """One message template."""

    name: MessageName
    title: Annotated[StrictStr, Field(min_length=1, max_length=120)]
    tier: Literal["anyone", "confirmed"] = "confirmed"
    """Who may read it: `anyone`, or only the customer, at an address of theirs."""
    link: LinkTerms | None = None
    """Its address is the variable `link`."""
    values: dict[ValueName, StrictStr] = Field(default_factory=dict)
    """What whoever sends it gives besides, each with an example; `values.<name>` in the wording."""
    languages: dict[StrictStr, Wordings]

    @model_validator(mode="after")
    def _speaks_known_languages(self) -> Self:
        if unknown := sorted(set(self.languages) - set(WRITTEN)):
            raise ValueError(f"{unknown[0]!r} is no language we write; use {', '.join(WRITTEN)}")
        if DEFAULT_LANGUAGE not in self.languages:
            raise ValueError(f"{DEFAULT_LANGUAGE!r}, which stands in for other languages, is missing; add it")
        return self
