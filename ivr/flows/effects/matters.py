"""What a call is about: the matter that is found for whoever calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal


@dataclass(frozen=True, slots=True)
class FindReference:
    """Find whom a keyed reference belongs to. Values: what the call can speak of from then on, by namespace.

    `locked`: too many wrong ones from this number, for now.
    """

    results: ClassVar = ("found", "unknown", "locked")
    failure: ClassVar = "unknown"

    effect_id: int
    secret: str
    """Handle of the keyed digits."""
    kind: Literal["find_reference"] = "find_reference"


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """Take up the next matter of whoever calls. Values: what the call can speak of then, by namespace.

    `resumed`: it is the one at which a call of the same person broke off. `none`: nothing more is open; the
    values are those of the account. `failed`: nobody is known.
    """

    results: ClassVar = ("found", "resumed", "none", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    kind: Literal["open_matter"] = "open_matter"


@dataclass(frozen=True, slots=True)
class FindStep:
    """Find the step at which the last call about this matter broke off. Values: `ivr.flows.rejoin.left_at`.

    `none`: nobody was cut off at it lately.
    """

    results: ClassVar = ("none", "found")
    failure: ClassVar = "none"

    effect_id: int
    kind: Literal["find_step"] = "find_step"
