"""What administrators wrote, validated as a whole: the engine reads nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo

from ivr.attempts.rule_book import RuleBook
from ivr.flows.compliance import Profile
from ivr.flows.flow import Flow
from ivr.messages.page_words import PageWords
from ivr.messages.template import MessageTemplate
from ivr.phone_number import PhoneNumber, region_of
from ivr.prompts.bulletin import BULLETIN
from ivr.prompts.catalogue import Catalogue
from ivr.rules.promise_terms import PromiseTerms
from ivr.rules.recording_terms import RecordingTerms


@dataclass(frozen=True, slots=True)
class Company:
    """Who is calling."""

    name: str
    phone: PhoneNumber
    """The number that callers are asked to call back."""
    home: PhoneNumber | None = None
    """Our own number where `phone` is a rule's."""

    @property
    def region(self) -> str | None:
        """ISO 3166: the country in whose way numbers are dialled here; None when our own number has none."""
        return region_of(self.home or self.phone)


@dataclass(frozen=True, slots=True)
class Content:
    """One consistent set of content."""

    company: Company
    time_zone: tzinfo
    """The installation's: in which a day begins for rules and schedules."""
    book: RuleBook
    """Rules, retry rules and calling hours."""
    flows: Mapping[str, Flow]
    catalogue: Catalogue
    """With the bulletin among its prompts, on the air or not."""
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    """Compliance profiles that flows name."""
    version: int | None = None
    """The published version that this is; None for content that was never published."""
    bulletins: Mapping[str, datetime | None] = field(default_factory=dict)
    """By language: when the bulletin goes off the air by itself."""
    messages: Mapping[str, MessageTemplate] = field(default_factory=dict)
    """Message templates by name."""
    pages: Mapping[str, PageWords] = field(default_factory=dict)
    """What the pages behind links say, by language; empty in content from before there were any."""

    def company_for(self, rule: str | None) -> Company:
        """Return who is calling about a rule's alert, with the number that it asks to be called."""
        found = None if rule is None else self.book.rules.get(rule)
        if found is None or found.call_back_number is None:
            return self.company
        return replace(self.company, phone=found.call_back_number, home=self.company.phone)

    def on_air(self, now: datetime) -> frozenset[str]:
        """Return the languages in which the bulletin is said now."""
        ends = self.bulletins.items()
        return frozenset(language for language, until in ends if until is None or now < until)

    def catalogue_at(self, now: datetime) -> Catalogue:
        """Return the prompts that can be said now: a bulletin that is off the air is none of them."""
        return self.catalogue.limited(BULLETIN, self.on_air(now))


class Contents:
    """The live content, and the older versions that open alerts and calls still stand on.

    An alert goes on by the plan and the retry rule of the version that made it, a call by its flow and
    prompts; hours, caps and everything else are always live.
    """

    def __init__(self, live: Content, older: Iterable[Content] = ()) -> None:
        self._live = live
        self._by_version = {content.version: content for content in (*older, live)}

    @property
    def live(self) -> Content:
        """What was published last."""
        return self._live

    def pinned(self, version: int | None) -> Content:
        """Return that version; the live one in its place when it is not known here."""
        return self._by_version.get(version, self._live)

    def promise_terms(self, rule: str) -> PromiseTerms:
        """Return on which terms a rule takes promises now; the usual ones when it was withdrawn."""
        found = self._live.book.rules.get(rule)
        return PromiseTerms() if found is None else found.promise

    def recording_terms(self, rule: str) -> RecordingTerms | None:
        """Return on which terms a rule's calls are recorded now; None: they are not."""
        found = self._live.book.rules.get(rule)
        return None if found is None else found.record

    def listens(self, rule: str) -> bool | None:
        """Say whether it is listened who picks up a rule's calls now; None: as the trunk says."""
        found = self._live.book.rules.get(rule)
        return None if found is None or found.answering is None else found.answering.listen

    def go_live(self, content: Content) -> None:
        """Take a newly published version as the live one."""
        self._by_version[content.version] = content
        self._live = content
