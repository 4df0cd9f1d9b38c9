"""Ask another program, in the middle of a call."""

from __future__ import annotations

import uuid

import structlog

from ivr.engine.world import World
from ivr.errors import WebhookError, WebhookTimedOutError
from ivr.flows.effects import CallWebhook
from ivr.flows.events import EffectDone

log = structlog.get_logger()


async def call_webhook(world: World, call_id: str, command: CallWebhook) -> EffectDone:
    """Post what the flow sends; the result is `answered`, `timed_out` or `failed`.

    The same command of the same call (after a crash in the middle) comes with the same key, so that the other
    program can tell that it has seen it.
    """
    key = uuid.uuid5(uuid.NAMESPACE_OID, f"{call_id}/{command.effect_id}").hex
    try:
        answer = await world.webhooks.post(command.endpoint, command.send, key, command.timeout)
    except WebhookError as error:
        log.warning("a webhook failed", webhook=command.endpoint, call=call_id, error=str(error))
        result = "timed_out" if isinstance(error, WebhookTimedOutError) else command.failure
        return EffectDone(command.effect_id, result)
    return EffectDone(command.effect_id, "answered", {"answer": answer})
