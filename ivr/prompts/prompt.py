"""One prompt in one language: its parts, and who may hear it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from ivr.errors import FlowError
from ivr.prompts.content_tier import ContentTier
from ivr.prompts.part import Part
from ivr.prompts.policy import TtsPolicy
from ivr.prompts.said_before import SaidBefore
from ivr.prompts.segment import Segment


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt in one language."""

    name: str
    language: str
    tier: ContentTier
    policy: TtsPolicy
    parts: tuple[Part, ...]
    variables: frozenset[str]
    """What its slots may ask for, by dotted path: `account.amount_due`."""
    fixed: tuple[Segment, ...] | None
    """What is heard when no slot has to be filled."""
    said_before: SaidBefore
    place: str = ""
    """Where it is written: `file:line`."""

    def render(self, variables: Mapping[str, object]) -> tuple[Segment, ...]:
        """Fill the slots.

        Raises FlowError when a variable is missing or unfit; it names the prompt, its place and the variable.
        """
        if self.fixed is not None:
            return self.fixed
        rendering = self.said_before.rendering(variables)
        if not rendering:
            try:
                rendering.append(tuple(chain.from_iterable([part.render(variables) for part in self.parts])))
            except ValueError as error:
                where = f"{self.language}, {self.place}" if self.place else self.language
                raise FlowError(f"prompt {self.name!r} ({where}): {error}") from error
        return rendering[0]


def make_prompt(
    name: str, language: str, tier: ContentTier, policy: TtsPolicy, parts: Sequence[Part], place: str = ""
) -> Prompt:
    """Return the prompt; raises ValueError when wording without slots can't be rendered or says nothing."""
    variables = frozenset[str]().union(*(part.variables for part in parts))
    fixed = None if variables else tuple(segment for part in parts for segment in part.render({}))
    if fixed == ():
        raise ValueError("it says nothing; write what is to be heard")
    return Prompt(name, language, tier, policy, tuple(parts), variables, fixed, SaidBefore(variables), place)
