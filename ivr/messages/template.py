"""A message template that is known to be sound."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ivr.accounts.contact_point import Medium
from ivr.messages.link import LINK_MARK
from ivr.messages.plain_values import from_plain
from ivr.messages.template_file import LinkTerms
from ivr.messages.wording import Wording
from ivr.prompts.content_tier import ContentTier
from ivr.prompts.languages import DEFAULT_LANGUAGE


@dataclass(frozen=True, slots=True)
class Written:
    """The wording for one medium in one language."""

    subject: Wording | None
    """Of an e-mail."""
    body: Wording

    @property
    def variables(self) -> frozenset[str]:
        """Everything that is written of, by dotted path."""
        return self.body.variables | (self.subject.variables if self.subject else frozenset())


@dataclass(frozen=True, slots=True)
class Text:
    """A message with its slots filled."""

    subject: str
    """Empty but for an e-mail."""
    body: str


@dataclass(frozen=True, slots=True)
class MessageTemplate:
    """One message in every language and for every medium that it is written for."""

    name: str
    title: str
    tier: ContentTier
    link: LinkTerms | None
    values: Mapping[str, str]
    """What whoever sends it gives besides, each with an example."""
    wordings: Mapping[tuple[str, Medium], Written]

    @property
    def media(self) -> frozenset[Medium]:
        """What it can be sent by, in every language."""
        return frozenset(medium for language, medium in self.wordings if language == DEFAULT_LANGUAGE)

    def language(self, wanted: str, medium: Medium) -> str:
        """Return `wanted`, or the language that stands in for it."""
        return wanted if (wanted, medium) in self.wordings else DEFAULT_LANGUAGE

    def render(
        self,
        language: str,
        medium: Medium,
        variables: Mapping[str, object],
        values: Mapping[str, object],
    ) -> Text:
        """Fill the slots; LINK_MARK stands for the link. Raises ValueError, in a clause, for unfit values."""
        written = self.wordings[language, medium]
        known = {name: from_plain(value) for name, value in values.items()}
        given: dict[str, object] = {**variables, "values": known}
        if self.link is not None:
            given["link"] = LINK_MARK
        subject = "" if written.subject is None else " ".join(written.subject.render(given).split())
        return Text(subject, written.body.render(given))
