"""What the checks look at: a flow whose fields all fit, and what belongs to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ivr.content_file import ContentFile, Path
from ivr.errors import Problem
from ivr.flows.catalogue import PromptCatalogue
from ivr.flows.compliance import Profile
from ivr.flows.flow import FlowFile
from ivr.flows.graph import least_tiers, own_details
from ivr.flows.surroundings import NOT_LOOKED_AT, Surroundings
from ivr.prompts.content_tier import ContentTier


@dataclass(frozen=True)
class Saying:
    """A prompt at one place of the flow."""

    path: Path
    """The field that names it, from the file's top."""
    prompt: str
    node: str | None
    """None: the session itself says it."""
    tier: ContentTier
    """How sure of the listener we are at least when it is said."""
    knows: tuple[str, ...] = ()
    """Variables that its node has set by then."""


@dataclass(frozen=True)
class Subject:
    """A flow, the file it was read from, the prompts it says, and what there is that it may name."""

    content: ContentFile
    flow: FlowFile
    catalogue: PromptCatalogue
    profiles: Mapping[str, Profile]
    flows: FlowSet = field(default_factory=dict)
    """Every flow that there is, this one among them; empty where it is looked at alone."""
    around: Surroundings = NOT_LOOKED_AT

    @cached_property
    def tiers(self) -> Mapping[str, ContentTier]:
        """Each reachable node with the least tier at which it can be entered."""
        others = {name: other.flow for name, other in self.flows.items() if other is not None}
        return least_tiers(self.flow, others)

    @cached_property
    def own_details(self) -> frozenset[str]:
        """The flow's own variables that some node makes of account details, by name."""
        return own_details(self.flow)

    @cached_property
    def set_by_then(self) -> dict[bool, Mapping[str, frozenset[str]]]:
        """What `reading` has worked out already: many checks ask, and every flow that enters this one."""
        return {}

    @property
    def profile(self) -> Profile | None:
        """The profile that the flow names, if it is there."""
        return self.profiles.get(self.flow.profile or "")

    def sayings(self) -> Iterator[Saying]:
        """Yield everything that the flow can say, in the order of the file."""
        least = min((self.flow.entered_at, *self.tiers.values()))
        for name in ("sorry", "goodbye"):
            yield Saying((name,), getattr(self.flow, name), None, least)
        if (slower := self.flow.manners.slower) is not None:
            yield Saying(("manners", "slower", "prompt"), slower.prompt, None, least)
        for name, node in self.flow.nodes.items():
            for mention in node.mentions():
                if mention.may_be_missing:
                    continue
                # A node that can't be reached is complained of elsewhere; its prompts must exist as well.
                tier = self.tiers.get(name, ContentTier.VERIFIED)
                yield Saying(("nodes", name, *mention.path), mention.prompt, name, tier, mention.knows)

    def problem(self, path: Path, wrong: str, right: str) -> Problem:
        """Return a complaint about the field at `path`."""
        return self.content.problem(path, wrong, right)


FlowSet = Mapping[str, Subject | None]
"""Flows by name; None for one whose file has fields that don't fit."""


def whom(tier: ContentTier) -> str:
    """Return who is meant by a tier, in words."""
    return {
        ContentTier.ANYONE: "anyone",
        ContentTier.CONFIRMED: "a confirmed person",
        ContentTier.VERIFIED: "a verified person",
        ContentTier.ADMINISTRATOR: "an administrator",
    }[tier]
