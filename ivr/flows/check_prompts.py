"""Check what a flow says and to whom: every prompt is there, nothing comes before its content tier."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from ivr.content_file import ContentFile, Path
from ivr.errors import FlowError, Problem
from ivr.flows.catalogue import PromptCatalogue
from ivr.flows.flow import FlowFile
from ivr.flows.graph import least_tiers
from ivr.flows.nodes.base import Mention
from ivr.prompts.content_tier import ContentTier
from ivr.prompts.segment import ClipSegment


def check_prompts(content: ContentFile, flow: FlowFile, catalogue: PromptCatalogue) -> Iterator[Problem]:
    """Yield a complaint for each unknown prompt, and for each prompt and node that could come too early."""
    yield from _nodes_too_early(content, flow)
    names = catalogue.names()
    for path, mention, tier in _sayings(flow):
        prompt = mention.prompt
        if prompt not in names:
            close = get_close_matches(prompt, names, n=1)
            right = f"did you mean {close[0]!r}" if close else "add it to the prompts, or name another"
            yield content.problem(path, f"there is no prompt {prompt!r}", right)
        elif catalogue.tier(prompt) > tier:
            yield content.problem(
                path,
                f"{prompt!r} is for {_whom(catalogue.tier(prompt))}, and this can be said to {_whom(tier)}",
                "put a verify node before it on every way, or say a prompt for anyone",
            )
        elif mention.is_recorded and (missing := _without_recording(flow, catalogue, prompt)):
            yield content.problem(
                path,
                f"{prompt!r} has no recording in {', '.join(missing)}",
                "record it, or use a say node, which speaks its text",
            )


def _nodes_too_early(content: ContentFile, flow: FlowFile) -> Iterator[Problem]:
    for name, tier in least_tiers(flow).items():
        if tier < (needed := flow.nodes[name].least_tier):
            yield content.problem(
                ("nodes", name),
                f"a {flow.nodes[name].type} node is for {_whom(needed)}, and {_whom(tier)} can get to it",
                "put a verify node before it on every way",
            )


def _without_recording(flow: FlowFile, catalogue: PromptCatalogue, prompt: str) -> tuple[str, ...]:
    """Return the languages of the flow in which a prompt is not all recorded."""
    return tuple(language for language in flow.languages if not _is_recorded(catalogue, prompt, language))


def _is_recorded(catalogue: PromptCatalogue, prompt: str, language: str) -> bool:
    try:
        segments = catalogue.render(prompt, language, {})
    except FlowError:
        return False  # it has slots, which no recording can fill
    return all(isinstance(s, ClipSegment) and s.language == language for s in segments)


def _sayings(flow: FlowFile) -> Iterator[tuple[Path, Mention, ContentTier]]:
    for field in ("sorry", "goodbye"):
        yield (field,), Mention((field,), getattr(flow, field)), flow.entered_at
    tiers = least_tiers(flow)
    for name, node in flow.nodes.items():
        for mention in node.mentions():
            # A node that can't be reached is complained of elsewhere; its prompts must exist all the same.
            yield ("nodes", name, *mention.path), mention, tiers.get(name, ContentTier.VERIFIED)


def _whom(tier: ContentTier) -> str:
    return {
        ContentTier.ANYONE: "anyone",
        ContentTier.CONFIRMED: "a confirmed person",
        ContentTier.VERIFIED: "a verified person",
    }[tier]
