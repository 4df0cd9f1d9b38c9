"""What a session could say, known before dialling, so that speech is made ahead of the call."""

from __future__ import annotations

from ivr.errors import FlowError
from ivr.flows.graph import flows_within
from ivr.flows.nodes.set_language import SetLanguageNode
from ivr.flows.session import Session
from ivr.prompts.segment import Segment, at_tempo


def known_before(session: Session) -> tuple[Segment, ...]:
    """Return every segment that this session's flows could say with the variables it has now, each once."""
    segments: dict[Segment, None] = {}
    for prompt, language in _sayings(session):
        segments.update(dict.fromkeys(_rendered(session, prompt, language) or ()))
    return tuple(segments)


def unknown_before(session: Session) -> tuple[str, ...]:
    """Return the prompts whose words depend on what only the call will bring (or that can't occur in it)."""
    unknown = (
        prompt for prompt, language in _sayings(session) if _rendered(session, prompt, language) is None
    )
    return tuple(dict.fromkeys(unknown))


def _sayings(session: Session) -> tuple[tuple[str, str], ...]:
    """Return each prompt with each language that it could be said in."""
    flows = flows_within(session.flow, session.flows)
    nodes = [node for flow in flows for node in flow.nodes.values()]
    languages = [session.language, *(node.language for node in nodes if isinstance(node, SetLanguageNode))]
    prompts = [prompt for flow in flows for prompt in (flow.sorry, flow.goodbye)]
    prompts += [flow.manners.slower.prompt for flow in flows if flow.manners.slower is not None]
    prompts += [mention.prompt for node in nodes for mention in node.mentions()]
    return tuple(dict.fromkeys((prompt, language) for language in languages for prompt in prompts))


def _rendered(session: Session, prompt: str, language: str) -> tuple[Segment, ...] | None:
    try:
        return at_tempo(session.catalogue.render(prompt, language, session.variables), session.tempo)
    except FlowError:
        return None
