"""Compliance profiles: what the rules of a land want of a call flow, as data with its sources.

A file is `config/compliance/<name>.yaml`. Its entries are what we understood of the rules, each with where it
is written, the date of that wording and a note to have it reviewed: they are no legal advice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, field_validator

from ivr.accounts.contact_point import Medium
from ivr.content_file import ContentFile, validate_content
from ivr.errors import ContentError, Problem
from ivr.flows.factor import DEFAULT_ORDER, Factor
from ivr.prompts.content_tier import ContentTier

ProfileName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
"""A profile's name: small letters, digits, hyphens."""

SegmentName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
"""What a profile calls something that must be said."""


class Place(StrEnum):
    """Where in a call something must be said."""

    START = "start"
    """In the first prompt that whoever answers hears."""
    AFTER_VERIFICATION = "after_verification"
    """To the person that the call is for, before anything else that is not for anyone."""
    VOICEMAIL = "voicemail"
    """On every way that silence takes from the first question: what a machine records."""
    RECORDED = "recorded"
    """In a flow whose calls are recorded: before somebody is asked anything, or talks to an agent."""


class Source(BaseModel):
    """Where a rule is written."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    section: str = Field(min_length=1, description="`12 CFR 1006.2(j)`")
    date: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$", description="of the wording that was read")
    review: str = Field(min_length=1, description="what counsel is to look at")


class RequiredSegment(Source):
    """Something that must be said, where, and what it may speak of."""

    place: Place
    meaning: str = Field(min_length=1, description="what it has to tell, for the linter's complaint")
    speaks_of: tuple[str, ...] = Field(default=(), description="variables that its wording must have")
    silent_about: tuple[str, ...] = Field(default=(), description="namespaces it must not have")


def _tier(value: object) -> object:
    names = {tier.name.lower(): tier for tier in ContentTier}
    if isinstance(value, str):
        if value not in names:
            raise ValueError(f"{value!r} is no content tier; use {', '.join(names)}")
        return names[value]
    return value


class DetailsNeed(Source):
    """How sure of the listener we must be before a prompt speaks of the account."""

    tier: Annotated[ContentTier, BeforeValidator(_tier)]


class FactorOrder(Source):
    """By what a customer may prove to be them."""

    order: tuple[Factor, ...] = Field(
        min_length=1, description="which is asked for first; one that is not named proves nothing"
    )

    @field_validator("order")
    @classmethod
    def _each_once(cls, order: tuple[Factor, ...]) -> tuple[Factor, ...]:
        if twice := [factor for factor in order if order.count(factor) > 1]:
            raise ValueError(f"{twice[0]} is there twice; name each factor once")
        return order


class ForwardWay(StrEnum):
    """How an alert reaches whom a customer passes it on to."""

    LINK = "link"
    """The customer gets a link, and sends it on."""
    TEXT = "text"
    CALL = "call"


def _ways(value: object) -> object:
    return () if value == "never" else value


class Forwarding(Source):
    """Whether customers may pass alerts on, and how those are delivered."""

    by: Annotated[tuple[ForwardWay, ...], BeforeValidator(_ways)] = Field(
        description="`never`, or the ways, the preferred one first"
    )


class Confirmations(Source):
    """By which media what a customer settled may be confirmed in writing."""

    by: Annotated[tuple[Literal[Medium.SMS, Medium.EMAIL], ...], BeforeValidator(_ways)] = Field(
        description="`never`, or the media: sms, email"
    )


class Profile(BaseModel):
    """What the linter holds a flow to that names this profile."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: ProfileName
    description: str = ""
    segments: dict[SegmentName, RequiredSegment] = Field(default_factory=dict)
    opt_out_at_first_question: Source | None = None
    opt_out_confirmed: Source | None = Field(
        default=None, description="an opt-out counts on a second key only; without it, on the first"
    )
    details_need: DetailsNeed | None = None
    factors: FactorOrder | None = None
    forward: Forwarding | None = Field(default=None, description="without it: never")
    confirmations: Confirmations | None = Field(default=None, description="without it: by all media")

    @property
    def recording_notices(self) -> tuple[str, ...]:
        """The segments that tell that a call is recorded."""
        return tuple(name for name, each in self.segments.items() if each.place is Place.RECORDED)


def factor_order(profile: Profile | None) -> tuple[Factor, ...]:
    """Return the factors that are enough under a profile, the preferred one first."""
    return profile.factors.order if profile and profile.factors else DEFAULT_ORDER


def voicemail_prompt(profile: Profile | None, segments: Mapping[SegmentName, str]) -> str | None:
    """Return which of a flow's prompts its profile has for voicemail; None where nothing is to be left."""
    if profile is None:
        return None
    names = (name for name, segment in profile.segments.items() if segment.place is Place.VOICEMAIL)
    return next((segments[name] for name in names if name in segments), None)


def load_profiles(contents: Sequence[ContentFile]) -> dict[str, Profile]:
    """Return the profiles by name; raises ContentError with everything that is wrong, two alike included."""
    profiles: dict[str, Profile] = {}
    problems: list[Problem] = []
    for content in contents:
        try:
            profile = validate_content(content, Profile)
        except ContentError as error:
            problems.extend(error.problems)
            continue
        if profile.name in profiles:
            wrong = f"a profile {profile.name!r} is there already"
            problems.append(content.problem(("name",), wrong, "give one of the two another name"))
        profiles[profile.name] = profile
    if problems:
        raise ContentError(problems)
    return profiles
