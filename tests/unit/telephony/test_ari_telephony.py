import asyncio

import pytest

from ivr.ari.notices import Connected
from ivr.ari.request import Request
from ivr.ari.values import Application, ChannelState
from ivr.calls.call_result import CallResult
from ivr.engine.telephony import AgentTook, CallOrder, Outside
from ivr.errors import AriRefusedError, AriUnavailableError
from ivr.flows.events import HungUp
from ivr.phone_number import PhoneNumber
from ivr.telephony.ari_telephony import AriTelephony
from tests.unit.telephony.events import CALL, channel, destroyed, dialled, second
from tests.unit.telephony.scripted_ari import ScriptedAri

ORDER = CallOrder(CALL, PhoneNumber("+12025550123"), "carrier", None, 25, 600)


def dial_string(trunk: str, number: PhoneNumber) -> str:
    if trunk != "carrier":
        raise ValueError(f"there is no trunk {trunk!r}; the trunks are 'carrier'")
    return f"PJSIP/{number}@{trunk}"


@pytest.fixture
def ari() -> ScriptedAri:
    return ScriptedAri()


@pytest.fixture
def telephony(ari: ScriptedAri) -> AriTelephony:
    return AriTelephony(ari, dial_string, clock=lambda: second(100))


def nothing_is_left(ari: ScriptedAri, telephony: AriTelephony) -> bool:
    return not ari.events._by_channel and CALL not in telephony.followers and not telephony.followers.calls


async def test_events_that_overtake_the_answer_of_the_originate_are_not_lost(
    ari: ScriptedAri, telephony: AriTelephony
) -> None:
    def busy_at_once(_: Request[object]) -> None:
        ari.events.deliver_event(destroyed(1, 17, 486))

    ari.on_send = busy_at_once
    ari.answer("originate", channel(ChannelState.DOWN))
    call = await telephony.place(ORDER)

    assert (await call.wait_for_end()).result is CallResult.BUSY
    await asyncio.sleep(0)
    assert nothing_is_left(ari, telephony)


async def test_a_refusal_leaves_nothing(ari: ScriptedAri, telephony: AriTelephony) -> None:
    ari.answer("originate", AriRefusedError(500, "Allocation failed"))
    with pytest.raises(AriRefusedError):
        await telephony.place(ORDER)

    assert nothing_is_left(ari, telephony)


async def test_an_unknown_trunk_is_never_dialled(ari: ScriptedAri, telephony: AriTelephony) -> None:
    with pytest.raises(AriRefusedError, match="no trunk 'nowhere'"):
        await telephony.place(CallOrder(CALL, ORDER.number, "nowhere", None, 25, 600))

    assert ari.sent == []


async def test_an_id_that_is_taken_is_no_proof_that_nothing_was_dialled(
    ari: ScriptedAri, telephony: AriTelephony
) -> None:
    ari.answer("originate", AriRefusedError(409, "Channel with given unique ID already exists"))
    with pytest.raises(AriUnavailableError, match="lives on the switch already"):
        await telephony.place(ORDER)


async def test_an_originate_without_an_answer_is_sent_once_and_stays_unknown(
    ari: ScriptedAri, telephony: AriTelephony
) -> None:
    ari.answer("originate", AriUnavailableError("no answer"))
    ari.answer("get_channel", AriRefusedError(404, "no such channel"))
    with pytest.raises(AriUnavailableError):
        await telephony.place(ORDER)

    assert ari.operations.count("originate") == 1
    assert nothing_is_left(ari, telephony)


async def test_an_originate_without_an_answer_that_shows_on_the_switch_is_a_call(
    ari: ScriptedAri, telephony: AriTelephony
) -> None:
    ari.answer("originate", AriUnavailableError("no answer"))
    ari.answer("get_channel", channel(ChannelState.RINGING))
    call = await telephony.place(ORDER)

    assert call.call_id == CALL
    await telephony.close()


async def test_an_originate_without_an_answer_that_was_heard_of_is_a_call(
    ari: ScriptedAri, telephony: AriTelephony
) -> None:
    def rings_then_ends(request: Request[object]) -> None:
        if request.operation == "originate":
            ari.events.deliver_event(dialled(1, "RINGING"))
            ari.events.deliver_event(destroyed(3, 17, 486))

    ari.on_send = rings_then_ends
    ari.answer("originate", AriUnavailableError("no answer"))
    ari.answer("get_channel", AriRefusedError(404, "over already"))
    report = await (await telephony.place(ORDER)).wait_for_end()

    assert (report.result, report.ring_seconds) == (CallResult.BUSY, 2)


async def test_after_a_drop_a_call_that_is_missing_on_the_switch_is_over(
    ari: ScriptedAri, telephony: AriTelephony
) -> None:
    ari.answer("originate", channel(ChannelState.DOWN))
    ari.answer("get_channel", AriRefusedError(404, "no such channel"))
    call = await telephony.place(ORDER)
    ari.events.deliver_notice(Connected(first=False, channels=()))

    assert (await call.wait_for_end()).ended_at == second(100)


async def test_after_a_drop_a_call_that_was_just_seen_is_not_asked_for(
    ari: ScriptedAri, telephony: AriTelephony
) -> None:
    ari.answer("originate", channel(ChannelState.DOWN))
    call = await telephony.place(ORDER)
    ari.events.deliver_notice(Connected(first=False, channels=(channel(),)))

    assert await call.wait_for_answer() == second(100)
    assert ari.operations == ["originate"]
    await telephony.close()


async def test_only_calls_that_live_and_that_nobody_follows_are_adopted(
    ari: ScriptedAri, telephony: AriTelephony
) -> None:
    ari.answer("originate", channel(ChannelState.DOWN))
    await telephony.place(ORDER)
    application = Application("engine", channel_ids=(CALL, "left-behind", "gone"), bridge_ids=())
    ari.answer("application_details", application)
    ari.answer(
        "list_channels", (channel(), channel(call_id="left-behind"), channel(call_id="somebody-else's"))
    )
    adopted = await telephony.adopt_live_calls()

    assert [call.call_id for call in adopted] == ["left-behind"]
    assert set(ari.events._by_channel) == {CALL, "left-behind"}
    await telephony.close()
    assert nothing_is_left(ari, telephony)


async def test_an_adopted_call_that_is_connected_outside_takes_two_lines(
    ari: ScriptedAri, telephony: AriTelephony
) -> None:
    ari.answer("application_details", Application("engine", channel_ids=(CALL,), bridge_ids=()))
    ari.answer("list_channels", (channel(running="Dial", context="outside-transfer"),))
    [call] = await telephony.adopt_live_calls()
    assert (telephony.lines_taken, telephony.legs_outside) == (2, 1)

    await call.transfer_out(2, Outside(PhoneNumber("+12025550177"), "carrier", None, 30, 600))
    assert (telephony.lines_taken, telephony.legs_outside) == (2, 1)
    await telephony.close()


async def test_who_hangs_up_as_soon_as_the_call_is_adopted_was_taken_by_whoever_it_was_with(
    ari: ScriptedAri, telephony: AriTelephony
) -> None:
    ari.answer("application_details", Application("engine", channel_ids=(CALL,), bridge_ids=()))
    ari.answer("list_channels", (channel(running="Dial", context="outside-transfer"),))
    ari.answer("get_variable", "ANSWER", "PJSIP/+12025550177@carrier")
    [call] = await telephony.adopt_live_calls()
    ari.events.deliver_event(destroyed(1, 16, 200))
    assert (await call.wait_for_end()).taken_by == "+12025550177"
    took, gone = [await call.next_event(0) for _ in range(2)]
    assert isinstance(took, AgentTook)
    assert (took.agent, gone) == ("+12025550177", HungUp())
    await telephony.close()


async def test_the_live_call_of_an_agent_is_known_until_the_other_side_is_gone(
    ari: ScriptedAri, telephony: AriTelephony
) -> None:
    ari.answer("originate", channel(ChannelState.DOWN))
    call = await telephony.place(ORDER)
    call.track.taken_by = "desk"
    assert (telephony.live_call_of("desk"), telephony.live_call_of("other")) == (CALL, None)
    ari.events.deliver_event(destroyed(1, 16, 200))
    await call.wait_for_end()
    await asyncio.sleep(0)
    assert telephony.live_call_of("desk") is None
