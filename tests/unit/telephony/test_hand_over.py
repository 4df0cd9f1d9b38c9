"""A call that the vault has, or had, is heard of again, to its end."""

from __future__ import annotations

import asyncio

import pytest

from ivr.ari.values import ChannelState
from ivr.engine.telephony import Vault
from ivr.errors import AriRefusedError
from ivr.telephony.ari_call import AriCall
from ivr.telephony.cause_map import CauseOverrides
from ivr.telephony.queue_transfer import VAULT_CONTEXT
from tests.unit.telephony.events import channel, destroyed, in_app, is_up, second
from tests.unit.telephony.scripted_ari import ScriptedAri

VAULT = Vault("PJSIP/vault@carrier", "vault", 20, 240)


@pytest.fixture
def ari() -> ScriptedAri:
    return ScriptedAri()


@pytest.fixture
def call(ari: ScriptedAri) -> AriCall:
    return AriCall(ari, channel(ChannelState.DOWN), CauseOverrides(), lambda *_: "")


async def begins(doing: asyncio.Task[object]) -> None:
    """Let a task come to where it waits."""
    for _ in range(9):
        await asyncio.sleep(0)
    assert not doing.done()


async def test_nothing_is_told_of_a_call_while_the_vault_has_it(ari: ScriptedAri, call: AriCall) -> None:
    for event in (is_up(1), in_app(1)):
        call.track.take(event)
    handing = asyncio.create_task(call.hand_over(VAULT, "reference"))
    await begins(handing)
    assert ari.operations[-2:] == ["unsubscribe", "continue_in_dialplan"]

    call.track.take(in_app(9, "afterqueue", "ANSWER"))
    assert await handing
    assert ari.operations[-1] == "subscribe"


async def test_who_is_at_the_vault_when_the_call_is_adopted_is_waited_for(
    ari: ScriptedAri, call: AriCall
) -> None:
    call.track.take_stock(channel(running="Dial", context=VAULT_CONTEXT), second(5))
    coming = asyncio.create_task(call.come_back())
    await begins(coming)
    assert ari.operations == []

    call.track.take(in_app(9, "afterqueue", "ANSWER"))
    await coming
    assert ari.operations == ["subscribe"]


async def test_who_came_back_before_the_call_was_adopted_is_heard_of_to_the_end(
    ari: ScriptedAri, call: AriCall
) -> None:
    call.track.take_stock(channel(context=VAULT_CONTEXT), second(5))
    await call.come_back()
    assert ari.operations == ["subscribe"]


async def test_who_hung_up_at_the_vault_is_gone(ari: ScriptedAri, call: AriCall) -> None:
    call.track.take_stock(channel(context=VAULT_CONTEXT), second(5))
    ari.answer("subscribe", AriRefusedError(422, "no such channel"))
    ari.answer("get_channel", AriRefusedError(404, "no such channel"))
    await call.come_back()
    assert call.is_over


async def test_of_a_call_that_is_over_nothing_more_is_asked(ari: ScriptedAri, call: AriCall) -> None:
    call.track.take_stock(channel(running="Dial", context=VAULT_CONTEXT), second(5))
    call.track.take(destroyed(7))
    await call.come_back()
    assert ari.operations == []
