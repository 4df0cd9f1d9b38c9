"""Make the speech that callers will hear before anybody calls."""

from __future__ import annotations

from ivr.engine.caller import Caller
from ivr.engine.content import Content
from ivr.engine.reception import BLOCKED_CALLER, Reception
from ivr.engine.start_session import received_session
from ivr.engine.world import World
from ivr.flows.known_before import known_before
from ivr.prompts.segment import Segment

_NOBODY = Caller(None, None)


async def prepare_reception(world: World, content: Content, reception: Reception) -> None:
    """Render what the flows for callers say in each of their languages, the bulletin among it."""
    now = world.clock()
    segments: dict[Segment, None] = {}
    for name in dict.fromkeys((*reception.flows.values(), BLOCKED_CALLER)):
        if name not in content.flows:
            continue
        for language in content.flows[name].languages:
            session = received_session(content, name, _NOBODY, now, language)
            segments.update(dict.fromkeys(known_before(session)))
    await world.speech.prepare(tuple(segments))
