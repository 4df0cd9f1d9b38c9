"""What a session could say, known before dialling, so that speech is made ahead of the call."""

from __future__ import annotations

from ivr.errors import FlowError
from ivr.flows.flow import Flow
from ivr.flows.session import Session
from ivr.prompts.segment import Segment


def known_before(session: Session) -> tuple[Segment, ...]:
    """Return every segment that this session's flow could say with the variables it has now, each once."""
    segments: dict[Segment, None] = {}
    for prompt in _prompts(session.flow):
        segments.update(dict.fromkeys(_rendered(session, prompt) or ()))
    return tuple(segments)


def unknown_before(session: Session) -> tuple[str, ...]:
    """Return the prompts whose words depend on what only the call will bring (or that can't occur in it)."""
    return tuple(prompt for prompt in _prompts(session.flow) if _rendered(session, prompt) is None)


def _prompts(flow: Flow) -> tuple[str, ...]:
    said = [flow.sorry, flow.goodbye]
    said += [mention.prompt for node in flow.nodes.values() for mention in node.mentions()]
    return tuple(dict.fromkeys(said))


def _rendered(session: Session, prompt: str) -> tuple[Segment, ...] | None:
    try:
        return session.catalogue.render(prompt, session.language, session.variables)
    except FlowError:
        return None
