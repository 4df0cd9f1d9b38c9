"""Calls over SIP and RTP, driven by the client."""

from __future__ import annotations

import pytest

from ivr.ari import requests
from ivr.ari.client import AriClient
from ivr.ari.events import (
    ChannelDestroyed,
    ChannelDtmfReceived,
    ChannelEnteredBridge,
    Dial,
    PlaybackFinished,
    PlaybackStarted,
    RecordingFinished,
    StasisStart,
    UnknownEvent,
)
from ivr.ari.values import ChannelState, PlaybackState
from ivr.errors import AriRefusedError
from tests.asterisk.ari.phone_call import answered, dialling, new_id, next_of, ringing

pytestmark = pytest.mark.asterisk


async def test_an_answered_call_arrives_with_our_id_and_arguments(ari: AriClient, people: AriClient) -> None:
    async with ringing(ari, people) as call:
        assert (await next_of(call.events, Dial)).status == ""
        await people.send(requests.ring(call.theirs))
        assert (await next_of(call.events, Dial)).status == "RINGING"
        await people.send(requests.answer(call.theirs))
        start = await next_of(call.events, StasisStart)
        assert start.channel.id == call.ours
        assert start.channel.state is ChannelState.UP
        assert start.args == ("alert",)
        assert start.channel.protocol_id == (await people.send(requests.get_channel(call.theirs))).protocol_id
        await ari.send(requests.hang_up(call.ours))
        assert (await next_of(call.events, ChannelDestroyed)).cause == 16


@pytest.mark.parametrize(
    ("said", "cause", "status"), [(17, 17, 486), (34, 34, 503), (1, 1, 404), (21, 21, 403), (22, 22, 410)]
)
async def test_a_refused_call_tells_why(
    said: int, cause: int, status: int, ari: AriClient, people: AriClient
) -> None:
    async with ringing(ari, people) as call:
        await people.send(requests.hang_up(call.theirs, said))
        end = await next_of(call.events, ChannelDestroyed)
        assert (end.cause, end.tech_cause) == (cause, status)


async def test_nobody_answers_in_time(ari: AriClient, people: AriClient) -> None:
    channel_id = new_id()
    with ari.events_for(channel_id) as events:
        await ari.send(dialling(channel_id, seconds=1))
        end = await next_of(events, ChannelDestroyed)
    assert (end.cause, end.tech_cause) == (19, 480)


@pytest.mark.full  # what stays behind in Asterisk holds up the pair's stop until it is killed
async def test_an_id_that_is_alive_is_not_dialled_again(ari: AriClient, people: AriClient) -> None:
    async with answered(ari, people) as call:
        with pytest.raises(AriRefusedError) as caught:
            await ari.send(dialling(call.ours))
        assert caught.value.status == 409


async def test_an_endpoint_that_is_not_there_is_refused_at_once(ari: AriClient) -> None:
    with pytest.raises(AriRefusedError) as caught:
        await ari.send(requests.originate("PJSIP/1@nowhere", ari.app, channel_id=new_id()))
    assert caught.value.status == 500


async def test_a_key_stops_the_prompt(ari: AriClient, people: AriClient) -> None:
    async with answered(ari, people) as call:
        await ari.send(requests.play(call.ours, ["sound:tt-monkeys", "sound:beep"], playback_id=new_id()))
        started = await next_of(call.events, PlaybackStarted)
        await people.send(requests.send_dtmf(call.theirs, "5"))
        assert (await next_of(call.events, ChannelDtmfReceived)).digit == "5"
        await ari.send(requests.stop_playback(started.playback.id))
        finished = await next_of(call.events, PlaybackFinished)
        assert finished.playback.id == started.playback.id
        assert finished.playback.media_uri == "sound:tt-monkeys", "the rest of the list is not played"


async def test_a_file_that_is_missing_is_told_as_failed(ari: AriClient, people: AriClient) -> None:
    async with answered(ari, people) as call:
        await ari.send(requests.play(call.ours, ["sound:no-such-file"], playback_id=new_id()))
        assert (await next_of(call.events, PlaybackFinished)).playback.state is PlaybackState.FAILED


async def test_a_person_can_be_recorded_on_a_snoop_and_press_keys_meanwhile(
    ari: AriClient, people: AriClient
) -> None:
    ear, name = new_id(), new_id()
    async with answered(ari, people) as call:
        with people.events_for(ear) as heard:
            await people.send(requests.snoop(call.theirs, people.app, snoop_id=ear))
            await next_of(heard, StasisStart)
            await people.send(requests.record(ear, name, if_exists="overwrite"))
            await people.send(requests.send_dtmf(call.theirs, "1"))
            assert (await next_of(call.events, ChannelDtmfReceived)).digit == "1"
            await people.send(requests.stop_recording(name))
            assert (await next_of(heard, RecordingFinished)).recording.name == name


async def test_media_quality_can_be_read_while_the_call_is_up(ari: AriClient, people: AriClient) -> None:
    async with answered(ari, people) as call:
        await ari.send(requests.play(call.ours, ["sound:beep"], playback_id=new_id()))
        await next_of(call.events, PlaybackFinished)
        statistics = await ari.send(requests.rtp_statistics(call.ours))
        assert statistics.sent_packets > 0
        assert await ari.send(requests.get_variable(call.ours, "CHANNEL(audionativeformat)"))


async def test_channels_meet_in_a_bridge(ari: AriClient, people: AriClient) -> None:
    bridge_id = new_id()
    async with answered(ari, people) as one, answered(ari, people) as two:
        await ari.send(requests.create_bridge(bridge_id))
        await ari.send(requests.add_to_bridge(bridge_id, [one.ours, two.ours]))
        entered = await next_of(two.events, ChannelEnteredBridge)
        assert entered.bridge.id == bridge_id
        await ari.send(requests.remove_from_bridge(bridge_id, [one.ours, two.ours]))
        await ari.send(requests.destroy_bridge(bridge_id))


async def test_the_filter_keeps_out_what_we_have_no_use_for(ari: AriClient, people: AriClient) -> None:
    async with answered(ari, people) as call:
        with ari.everything() as everything:
            await ari.send(requests.set_variable(call.ours, "SECRET", "4929"))
            await people.send(requests.hang_up(call.theirs))
            await next_of(call.events, ChannelDestroyed)
            seen = [everything.get_nowait() for _ in range(everything.qsize())]
        assert not [event for event in seen if isinstance(event, UnknownEvent)]
