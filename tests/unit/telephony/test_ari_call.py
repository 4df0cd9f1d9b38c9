"""A call as the switch tells of it: answered, over, and what nobody told."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.calls.call_result import CallResult
from ivr.errors import AriRefusedError, AriUnavailableError
from ivr.flows.events import HungUp, Pressed, TimedOut
from ivr.telephony.ari_call import AriCall
from tests.unit.telephony.events import destroyed, dialled, in_app, is_up, pressed, second
from tests.unit.telephony.scripted_ari import ScriptedAri


async def test_the_flow_starts_when_the_call_is_up_and_ours(dialling: AriCall) -> None:
    dialling.track.take(dialled(1, "PROGRESS"))
    dialling.track.take(is_up(2))
    before = dialling.is_answered
    dialling.track.take(in_app(3))

    assert (before, dialling.is_answered) == (False, True)
    assert await dialling.wait_for_answer() == second(2)


async def test_a_call_that_nobody_answers_ends_the_wait(dialling: AriCall) -> None:
    dialling.track.take(destroyed(9, 19, 480))

    assert await dialling.wait_for_answer() is None
    assert (await dialling.wait_for_end()).result is CallResult.UNREACHABLE


async def test_ringing_tells_no_answer_from_unreachable(dialling: AriCall) -> None:
    dialling.track.take(dialled(2, "RINGING"))
    dialling.track.take(destroyed(9, 19, 480))
    report = await dialling.wait_for_end()

    assert report.result is CallResult.NO_ANSWER
    assert (report.post_dial_delay, report.ring_seconds) == (2, 7)


async def test_a_trunk_may_mean_something_else_by_a_code(dialling: AriCall) -> None:
    dialling.track.take(destroyed(9, 17, 486))

    assert (await dialling.wait_for_end()).result is CallResult.CONGESTION


async def test_keys_that_are_no_keys_of_a_telephone_are_not_kept(call: AriCall) -> None:
    for digit in "A7B":
        call.track.take(pressed(2, digit))

    assert [await call.next_event(0), await call.next_event(0)] == [Pressed("7"), TimedOut()]


async def test_hanging_up_is_tried_again_when_nobody_knows_whether_it_worked(
    ari: ScriptedAri, call: AriCall
) -> None:
    ari.answer("hang_up", AriUnavailableError("no answer"))
    await call.hang_up()

    assert ari.operations == ["hang_up", "hang_up"]


async def test_nothing_is_asked_of_a_call_that_is_over(ari: ScriptedAri, call: AriCall, file: Path) -> None:
    call.track.take(destroyed(3))
    await call.play(1, [file])
    await call.stop_playing(1)
    await call.transfer(2, "agents")
    await call.hang_up()

    assert ari.sent == []
    assert await call.next_event(None) == HungUp()


async def test_an_end_that_nobody_told_is_reported_with_what_is_known(
    ari: ScriptedAri, call: AriCall
) -> None:
    ari.answer("get_channel", AriRefusedError(404, "no such channel"))
    await call.look_again(None, second(60))
    report = await call.wait_for_end()

    assert (report.result, report.cause) == (CallResult.ANSWERED, None)
    assert (report.answered_at, report.ended_at) == (second(1), second(60))


async def test_a_switch_that_does_not_say_ends_no_call(ari: ScriptedAri, call: AriCall) -> None:
    ari.answer("get_channel", AriUnavailableError("no answer"))
    with pytest.raises(AriUnavailableError):
        await call.look_again(None, second(60))

    assert not call.is_over
