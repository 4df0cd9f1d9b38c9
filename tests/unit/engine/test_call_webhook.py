"""A flow asks another program, and goes on with or without its answer."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from ivr.engine.call_webhook import call_webhook
from ivr.errors import WebhookError, WebhookTimedOutError
from ivr.flows.effects import CallWebhook
from ivr.flows.events import EffectDone
from tests.unit.engine.conftest import Engine


async def asks(engine: Engine, effect_id: int = 4, call_id: str = "call") -> EffectDone:
    return await call_webhook(engine.world, call_id, CallWebhook(effect_id, "orders", {"order": "17"}, 3.0))


async def test_the_answer_comes_with_the_result(engine: Engine) -> None:
    engine.webhooks.answers = [{"status": "sent"}]
    assert await asks(engine) == EffectDone(4, "answered", {"answer": {"status": "sent"}})
    [(endpoint, send, _)] = engine.webhooks.asked
    assert (endpoint, send) == ("orders", {"order": "17"})


@pytest.mark.parametrize(
    ("error", "result"),
    [(WebhookTimedOutError("not in time"), "timed_out"), (WebhookError("no success"), "failed")],
)
async def test_without_an_answer_there_is_a_result_all_the_same(
    engine: Engine, error: WebhookError, result: str
) -> None:
    engine.webhooks.answers = [error]
    with capture_logs() as logs:
        assert await asks(engine) == EffectDone(4, result)
    [line] = logs
    assert (line["log_level"], line["webhook"], line["error"]) == ("warning", "orders", str(error))
    assert "17" not in str(line), "what was sent is not logged"


async def test_the_same_request_after_a_crash_has_the_same_key_and_no_other_has(engine: Engine) -> None:
    engine.webhooks.answers = [{}, {}, {}, {}]
    for effect_id, call_id in ((4, "call"), (4, "call"), (5, "call"), (4, "other")):
        await asks(engine, effect_id, call_id)
    first, again, later, elsewhere = (key for _, _, key in engine.webhooks.asked)
    assert first == again
    assert len({first, later, elsewhere}) == 3
