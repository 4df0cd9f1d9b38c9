"""What a person says on a call, recorded."""

from __future__ import annotations

import asyncio

from structlog.testing import capture_logs

from ivr.errors import AriRefusedError
from ivr.flows.effects import RecordVoice
from ivr.flows.events import HungUp, Pressed, TimedOut
from ivr.telephony.ari_call import AriCall
from tests.unit.telephony.events import channel, destroyed, not_recorded, pressed, recorded, second
from tests.unit.telephony.scripted_ari import ScriptedAri

WANTED = RecordVoice(3, 60.0, 2.0, beep=True, end_key="4")


async def recording(call: AriCall) -> asyncio.Task[bool]:
    """Let a recording named `r` begin."""
    task = asyncio.create_task(call.record("r", WANTED))
    await asyncio.sleep(0)
    return task


async def test_a_recording_lasts_until_the_switch_has_it(ari: ScriptedAri, call: AriCall) -> None:
    task = await recording(call)
    call.track.take(recorded(9, "another"))
    call.track.take(recorded(9, "r"))

    assert await task
    assert ari.sent[0].params == {
        "name": "r",
        "format": "wav",
        "maxDurationSeconds": 60,
        "maxSilenceSeconds": 2,
        "ifExists": "fail",
        "beep": True,
        "terminateOn": "none",
    }


async def test_the_key_ends_a_recording_and_no_key_of_it_is_kept(ari: ScriptedAri, call: AriCall) -> None:
    task = await recording(call)
    for digit in "274":
        call.track.take(pressed(3, digit))
    await asyncio.sleep(0)
    call.track.take(recorded(4, "r"))
    call.track.take(pressed(5, "1"))

    assert await task
    assert ari.operations == ["record", "stop_recording"]
    assert [await call.next_event(0), await call.next_event(0)] == [Pressed("1"), TimedOut()]


async def test_a_hang_up_keeps_what_was_said(call: AriCall) -> None:
    task = await recording(call)
    call.track.take(recorded(4, "r"))
    call.track.take(destroyed(4))

    assert await task
    assert await call.next_event(0) == HungUp()


async def test_a_call_that_ends_unseen_ends_its_recording(ari: ScriptedAri, call: AriCall) -> None:
    task = await recording(call)
    ari.answer("get_channel", AriRefusedError(404, "no such channel"))
    await call.look_again(None, second(60))

    assert await task, "whether the switch has it is for the folder to say"


async def test_a_recording_that_ended_unheard_of_is_noticed(ari: ScriptedAri, call: AriCall) -> None:
    task = await recording(call)
    await call.look_again(channel(), second(8))
    assert not task.done()
    ari.answer("get_recording", AriRefusedError(404, "no such recording"))
    await call.look_again(channel(), second(9))

    assert await task


async def test_a_recording_that_fails_is_none(call: AriCall) -> None:
    task = await recording(call)
    with capture_logs() as logs:
        call.track.take(not_recorded(4, "r"))

    assert not await task
    assert [entry["event"] for entry in logs] == ["recording_failed"]


async def test_a_recording_that_asterisk_refuses_is_none(ari: ScriptedAri, call: AriCall) -> None:
    ari.answer("record", AriRefusedError(409, "bridged"))
    assert not await call.record("r", WANTED)


async def test_nobody_is_recorded_who_is_gone_or_with_an_agent(ari: ScriptedAri, call: AriCall) -> None:
    await call.transfer(2, "agents")
    assert not await call.record("r", WANTED)
    call.track.take(destroyed(3))
    assert not await call.record("r", WANTED)
    assert "record" not in ari.operations
