"""A call that goes to an agent or to a number outside, and comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.engine.telephony import AgentTook, Outside
from ivr.errors import AriError, AriRefusedError, AriUnavailableError
from ivr.flows.events import EffectDone, HungUp, Pressed
from ivr.phone_number import PhoneNumber
from ivr.telephony.ari_call import AriCall
from ivr.telephony.cause_map import CauseOverrides
from tests.unit.telephony.events import CALL, channel, destroyed, dialled, in_app, played, pressed, second
from tests.unit.telephony.scripted_ari import ScriptedAri, playback_of


async def test_a_transfer_first_ends_what_it_would_wait_behind(
    ari: ScriptedAri, call: AriCall, file: Path
) -> None:
    await call.play(1, [file])
    await call.transfer(2, "agents")

    assert ari.operations == ["play", "stop_playback", "set_variable", "set_variable", "continue_in_dialplan"]
    call.track.take(played(2, playback_of(ari)))
    call.track.take(pressed(3, "1"))
    call.track.take(in_app(4, "afterqueue", "TIMEOUT"))
    call.track.take(pressed(5, "2"))
    assert [await call.next_event(0), await call.next_event(0)] == [EffectDone(2, "no_agent"), Pressed("2")]


async def test_a_transfer_that_asterisk_refuses_fails(ari: ScriptedAri, call: AriCall) -> None:
    ari.answer("continue_in_dialplan", AriRefusedError(500, "no"))
    await call.transfer(2, "agents")

    assert await call.next_event(0) == EffectDone(2, "failed")


async def test_a_call_adopted_in_the_queue_keeps_its_place(ari: ScriptedAri, dialling: AriCall) -> None:
    dialling.track.take_stock(channel(running="Queue"), second(5))
    await dialling.transfer(2, "agents")
    dialling.track.take(in_app(6, "afterqueue", "CONTINUE"))

    assert ari.sent == []
    assert await dialling.next_event(0) == EffectDone(2, "done")


OUTSIDE = Outside(PhoneNumber("+12025550177"), "carrier", PhoneNumber("+12025550100"), 30, 600, "A-4711")


async def test_a_number_outside_is_dialled_by_way_of_the_dialplan(ari: ScriptedAri, call: AriCall) -> None:
    await call.transfer_out(2, OUTSIDE)
    told = {str(request.params["variable"]): request.params["value"] for request in ari.sent[:-1]}

    assert told == {
        "OUTSIDE": "PJSIP/+12025550177@carrier",
        "OUTSIDE_ID": "2",
        "OUTSIDE_CALLER_ID": "+12025550100",
        "OUTSIDE_REFERENCE": "A-4711",
        "OUTSIDE_SECONDS": "30",
        "OUTSIDE_LONGEST": "600",
    }
    assert ari.operations[-1] == "continue_in_dialplan"
    assert call.is_elsewhere
    call.track.take(in_app(6, "afterqueue", "NOANSWER"))
    assert await call.next_event(0) == EffectDone(2, "no_agent")
    assert not call.is_elsewhere


async def test_who_hangs_up_on_somebody_outside_was_connected(call: AriCall) -> None:
    await call.transfer_out(2, OUTSIDE)
    call.track.take(dialled(3, "", peer="leg", caller=CALL, number="12025550177@carrier"))
    call.track.take(dialled(4, "ANSWER", peer="leg", caller=CALL))
    call.track.take(pressed(5, "4"))
    call.track.take(destroyed(6))

    told = [await call.next_event(0) for _ in range(3)]
    assert told == [AgentTook(OUTSIDE.number, second(4)), EffectDone(2, "done"), HungUp()]
    assert call.track.taken_by == OUTSIDE.number


async def test_an_agent_whom_an_earlier_engine_saw_take_it_is_known_after_the_adoption(
    dialling: AriCall,
) -> None:
    dialling.track.take_stock(channel(running="Queue"), second(5))
    dialling.remember_taker("desk")
    await dialling.transfer(2, "agents")
    dialling.track.take(destroyed(6))

    assert [await dialling.next_event(0), await dialling.next_event(0)] == [EffectDone(2, "done"), HungUp()]
    assert (await dialling.wait_for_end()).taken_by == "desk"


async def test_a_call_that_is_outside_when_it_is_adopted_stays_there(
    ari: ScriptedAri, dialling: AriCall
) -> None:
    dialling.track.take_stock(channel(running="Dial"), second(5))
    assert dialling.is_elsewhere
    await dialling.transfer_out(2, OUTSIDE)
    dialling.track.take(in_app(6, "afterqueue", "ANSWER"))

    assert ari.operations == ["get_variable"], "who took it while no engine lived, the switch alone knows"
    assert await dialling.next_event(0) == AgentTook(OUTSIDE.number, second(6))
    assert await dialling.next_event(0) == EffectDone(2, "done")


async def test_who_is_on_the_way_back_when_the_call_is_adopted_is_waited_for(
    ari: ScriptedAri, dialling: AriCall
) -> None:
    dialling.track.take_stock(channel(running="Wait", context="come-back"), second(5))
    assert dialling.is_elsewhere
    ari.answer("get_variable", "ANSWER")
    await dialling.transfer_out(2, OUTSIDE)
    dialling.track.take(in_app(6, "afterqueue", "ANSWER"))

    told = [await dialling.next_event(0) for _ in range(2)]
    assert isinstance(told[0], AgentTook)
    assert told[1] == EffectDone(2, "done")


async def test_who_took_it_outside_before_the_adoption_is_known_by_the_switch(
    ari: ScriptedAri, dialling: AriCall
) -> None:
    dialling.track.take_stock(channel(running="Dial", context="outside-transfer"), second(5))
    ari.answer("get_variable", "ANSWER")
    await dialling.transfer_out(2, OUTSIDE)
    dialling.track.take(destroyed(7))

    told = [await dialling.next_event(0) for _ in range(3)]
    assert isinstance(told[0], AgentTook)
    assert told[1:] == [EffectDone(2, "done"), HungUp()], "it was taken once"
    assert (await dialling.wait_for_end()).taken_by == OUTSIDE.number


@pytest.mark.parametrize(
    ("begun", "status", "result"),
    [
        ("2", "ANSWER", "done"),
        ("2", "BUSY", "no_agent"),
        ("2", "CHANUNAVAIL", "failed"),
        ("1", "ANSWER", None),
    ],
)
async def test_the_switch_knows_what_came_of_a_number_that_an_earlier_engine_dialled(
    ari: ScriptedAri, call: AriCall, begun: str, status: str, result: str | None
) -> None:
    ari.answer("get_variable", begun, status)
    assert await call.back_from_outside(2, OUTSIDE.number) == result
    assert call.track.taken_by == (OUTSIDE.number if result == "done" else None)


async def test_a_number_that_was_never_dialled_has_come_to_nothing(ari: ScriptedAri, call: AriCall) -> None:
    ari.answer("get_variable", AriRefusedError(404, "get_variable"))
    assert await call.back_from_outside(2, OUTSIDE.number) is None


SILENT, BROKEN = AriUnavailableError("no answer in time"), AriRefusedError(500, "get_variable")


@pytest.mark.parametrize("answers", [(SILENT, BROKEN), (BROKEN, SILENT), ("2", SILENT, SILENT)])
async def test_a_number_of_which_the_switch_does_not_say_whether_it_was_dialled_is_not_dialled(
    ari: ScriptedAri, call: AriCall, answers: tuple[object, ...]
) -> None:
    ari.answer("get_variable", *answers)
    assert await call.back_from_outside(2, OUTSIDE.number) == "failed"


@pytest.mark.parametrize("doubt", [SILENT, BROKEN])
async def test_a_switch_that_does_not_answer_at_first_is_asked_once_more(
    ari: ScriptedAri, call: AriCall, doubt: AriError
) -> None:
    ari.answer("get_variable", doubt, "2", doubt, "ANSWER")
    assert await call.back_from_outside(2, OUTSIDE.number) == "done"
    ari.answer("get_variable", doubt, AriRefusedError(404, "get_variable"))
    assert await call.back_from_outside(2, OUTSIDE.number) is None


async def test_a_talk_outside_goes_on_although_the_switch_does_not_say_who_took_it(
    ari: ScriptedAri, dialling: AriCall
) -> None:
    dialling.track.take_stock(channel(running="Dial", context="outside-transfer"), second(5))
    ari.answer("get_variable", SILENT, SILENT)
    await dialling.transfer_out(2, OUTSIDE)
    assert dialling.is_elsewhere
    dialling.track.take(in_app(6, "afterqueue", "ANSWER"))
    assert isinstance(await dialling.next_event(0), AgentTook)
    assert await dialling.next_event(0) == EffectDone(2, "done")


@pytest.mark.parametrize("is_taken_first", [True, False])
async def test_who_takes_it_outside_only_after_the_adoption_is_known(
    dialling: AriCall, is_taken_first: bool
) -> None:
    dialling.track.take_stock(channel(running="Dial", context="outside-transfer"), second(5))
    answer = dialled(6, "ANSWER", peer="leg", caller=CALL)
    if is_taken_first:
        dialling.track.take(answer)
    await dialling.transfer_out(2, OUTSIDE)
    if not is_taken_first:
        dialling.track.take(answer)
    dialling.track.take(destroyed(7))

    told = [await dialling.next_event(0) for _ in range(3)]
    assert isinstance(told[0], AgentTook)
    assert told[0].agent == OUTSIDE.number
    assert told[1:] == [EffectDone(2, "done"), HungUp()]
    assert (await dialling.wait_for_end()).taken_by == OUTSIDE.number


async def test_a_trunk_that_is_not_there_dials_nobody(ari: ScriptedAri) -> None:
    def no_trunk(trunk: str, number: str) -> str:
        raise ValueError(f"no trunk is called {trunk!r}")

    call = AriCall(ari, channel(), CauseOverrides(), no_trunk)
    await call.transfer_out(2, OUTSIDE)

    assert ari.sent == []
    assert await call.next_event(0) == EffectDone(2, "failed")


async def test_a_return_from_the_queue_that_nobody_told_is_noticed(call: AriCall) -> None:
    await call.transfer(2, "agents")
    call.track.take_stock(channel(running="Stasis"), second(5))

    assert await call.next_event(0) == EffectDone(2, "no_agent")
