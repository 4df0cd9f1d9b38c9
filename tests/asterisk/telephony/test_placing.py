"""What is dialled and what is not; calls do not touch one another."""

import asyncio
from dataclasses import replace
from uuid import uuid4

import pytest
from structlog.testing import capture_logs

from ivr.ari.client import AriClient
from ivr.ari.events import ChannelDtmfReceived
from ivr.calls.call_result import CallResult
from ivr.carrier.person import Person
from ivr.carrier.town import Town
from ivr.engine.telephony import CallOrder
from ivr.errors import AriRefusedError, AriUnavailableError
from ivr.flows.events import Pressed
from ivr.phone_number import PhoneNumber
from ivr.switch.trunk import Trunk, dial_string
from ivr.telephony.ari_telephony import AriTelephony
from ivr.telephony.cause_map import CauseOverrides
from tests.asterisk.telephony.conftest import telephony_on
from tests.asterisk.telephony.far_end import Numbers, Phone, answered
from tests.asterisk_pair import Place

pytestmark = pytest.mark.asterisk


async def test_a_trunk_that_is_none_is_refused_and_leaves_nothing(
    client: AriClient, trunk: Trunk, numbers: Numbers
) -> None:
    telephony = telephony_on(client, trunk.model_copy(update={"name": "nowhere"}))

    with pytest.raises(AriRefusedError) as refusal:
        await telephony.place(numbers.order(None))

    assert refusal.value.status == 500
    assert not client._dispatcher._by_channel


async def test_a_number_that_is_none_never_reaches_asterisk(
    telephony: AriTelephony, numbers: Numbers
) -> None:
    order = replace(numbers.order(None), number=PhoneNumber("100@evil"))

    with pytest.raises(AriRefusedError, match=r"no E\.164 number"):
        await telephony.place(order)


async def test_a_call_that_lives_is_not_dialled_twice(telephony: AriTelephony, numbers: Numbers) -> None:
    order = numbers.order(None)
    call = await telephony.place(order)

    with pytest.raises(AriUnavailableError, match="lives on the switch already"):
        await telephony.place(order)
    await call.hang_up()
    assert (await call.wait_for_end()).result is CallResult.CANCELLED


async def test_another_engine_does_not_dial_a_call_that_lives(
    client: AriClient, trunk: Trunk, telephony: AriTelephony, numbers: Numbers
) -> None:
    order = numbers.order(None)
    call = await telephony.place(order)
    other = telephony_on(client, trunk)

    with pytest.raises(AriUnavailableError, match="lives on the switch already"):
        await other.place(order)
    await call.hang_up()


async def test_a_fault_in_one_call_leaves_the_others_alone(
    telephony: AriTelephony, numbers: Numbers, monkeypatch: pytest.MonkeyPatch
) -> None:
    sick, sick_phone = await answered(telephony, numbers)
    sound, sound_phone = await answered(telephony, numbers)

    failed = asyncio.Event()

    def fails(event: object) -> None:
        if isinstance(event, ChannelDtmfReceived):
            failed.set()
        raise RuntimeError("a fault of ours")

    with capture_logs() as logs:
        with monkeypatch.context() as patch:
            patch.setattr(sick.track, "take", fails)
            await sick_phone.press("1")
            await sound_phone.press("2")
            assert await sound.next_event(5) == Pressed("2")
            await asyncio.wait_for(failed.wait(), 10)
        await sick_phone.press("3")
        assert await sick.next_event(5) == Pressed("3")

    assert "call_event_failed" in [entry["event"] for entry in logs]
    await sick.hang_up()
    await sound.hang_up()


@pytest.mark.parametrize(
    ("does", "result", "words"),
    [
        ({"kind": "blocks", "status": "603+"}, CallResult.BLOCKED, "Network Blocked"),
        ({"kind": "blocks", "status": "608"}, CallResult.BLOCKED, None),
        ({"kind": "rejects", "after": "0s"}, CallResult.REJECTED, None),
        ("no_such_number", CallResult.INVALID_NUMBER, None),
        ("congestion", CallResult.CONGESTION, None),
    ],
)
async def test_the_network_is_understood(
    telephony: AriTelephony, town: Town, place: Place, does: object, result: CallResult, words: str | None
) -> None:
    number = PhoneNumber(place.number(99))
    town.add(Person.model_validate({"number": number, "name": "Somebody", "does": does}))
    call = await telephony.place(CallOrder(str(uuid4()), number, "carrier", None, 10, 60))
    report = await call.wait_for_end()

    assert report.result is result
    assert report.cause is not None
    if words is not None:
        assert report.cause.sip_reason == words


async def test_a_trunk_may_mean_something_else_by_a_code(
    client: AriClient, trunk: Trunk, numbers: Numbers
) -> None:
    async def refuses(phone: Phone) -> None:
        await phone.hang_up(21)

    meant = CauseOverrides(sip={403: CallResult.CONGESTION, 603: CallResult.CONGESTION})
    telephony = AriTelephony(client, lambda _, number: dial_string(trunk, number), {trunk.name: meant})
    call = await telephony.place(numbers.order(refuses))

    assert (await call.wait_for_end()).result is CallResult.CONGESTION
    await telephony.close()
