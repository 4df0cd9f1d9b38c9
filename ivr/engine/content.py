"""What administrators wrote, validated as a whole: the engine reads nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo

from ivr.attempts.rule_book import RuleBook
from ivr.flows.flow import Flow
from ivr.phone_number import PhoneNumber
from ivr.prompts.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Company:
    """Who is calling."""

    name: str
    phone: PhoneNumber
    """The number that callers are asked to call back."""


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
