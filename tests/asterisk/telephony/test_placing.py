"""What is dialled and what is not; calls do not touch one another."""

import asyncio
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from ivr.ari.client import AriClient
from ivr.calls.call_result import CallResult
from ivr.errors import AriRefusedError, AriUnavailableError
from ivr.flows.events import Pressed
from ivr.phone_number import PhoneNumber
from ivr.telephony.ari_telephony import AriTelephony
from tests.asterisk.telephony.conftest import Pair, telephony_on
from tests.asterisk.telephony.far_end import Numbers, answered

pytestmark = pytest.mark.asterisk


async def test_a_trunk_that_is_none_is_refused_and_leaves_nothing(
    client: AriClient, pair: Pair, numbers: Numbers
) -> None:
    telephony = telephony_on(client, pair.trunk.model_copy(update={"name": "nowhere"}))

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
    client: AriClient, pair: Pair, telephony: AriTelephony, numbers: Numbers
) -> None:
    order = numbers.order(None)
    call = await telephony.place(order)
    other = telephony_on(client, pair.trunk)

    with pytest.raises(AriUnavailableError, match="lives on the switch already"):
        await other.place(order)
    await call.hang_up()


async def test_a_fault_in_one_call_leaves_the_others_alone(
    telephony: AriTelephony, numbers: Numbers, monkeypatch: pytest.MonkeyPatch
) -> None:
    sick, sick_phone = await answered(telephony, numbers)
    sound, sound_phone = await answered(telephony, numbers)

    def fails(_: object) -> None:
        raise RuntimeError("a fault of ours")

    with capture_logs() as logs:
        with monkeypatch.context() as patch:
            patch.setattr(sick, "take", fails)
            await sick_phone.press("1")
            await sound_phone.press("2")
            assert await sound.next_event(5) == Pressed("2")
            await asyncio.sleep(0.5)
        await sick_phone.press("3")
        assert await sick.next_event(5) == Pressed("3")

    assert "call_event_failed" in [entry["event"] for entry in logs]
    await sick.hang_up()
    await sound.hang_up()
