"""Frames that a real Asterisk 22.10 sent, and frames that nobody should have sent."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.ari import events
from ivr.ari.parse_event import KNOWN_TYPES, parse_event
from ivr.ari.values import ChannelState, PlaybackState
from ivr.errors import AriError

RECORDED = {
    json.loads(line)["type"]: line
    for line in (Path(__file__).parent / "recorded_frames.jsonl").read_text().splitlines()
}


def changed(kind: str, **fields: object) -> str:
    return json.dumps(json.loads(RECORDED[kind]) | fields)


@pytest.mark.parametrize("kind", RECORDED)
def test_every_recorded_frame_is_an_event_we_know(kind: str) -> None:
    event = parse_event(RECORDED[kind])
    assert not isinstance(event, events.UnknownEvent)
    assert event.at.tzinfo is UTC


def test_destroyed_tells_the_cause_in_both_vocabularies() -> None:
    event = parse_event(RECORDED["ChannelDestroyed"])
    assert isinstance(event, events.ChannelDestroyed)
    assert (event.cause, event.cause_text, event.tech_cause) == (17, "User busy", 486)
    assert event.channel_ids == ("c1",)


def test_a_channel_destroyed_before_any_sip_answer_has_no_technical_cause() -> None:
    frame = json.loads(RECORDED["ChannelDestroyed"])
    del frame["tech_cause"]
    event = parse_event(json.dumps(frame))
    assert isinstance(event, events.ChannelDestroyed)
    assert event.tech_cause is None


def test_stasis_start_has_the_arguments_and_the_call_id_of_sip() -> None:
    event = parse_event(changed("StasisStart", args=["alert", "42"]))
    assert isinstance(event, events.StasisStart)
    assert event.args == ("alert", "42")
    assert event.channel.protocol_id
    assert event.channel.dialled == "app"
    assert event.channel.state is ChannelState.RING


def test_a_pressed_digit_is_in_the_event_and_in_no_repr() -> None:
    event = parse_event(changed("ChannelDtmfReceived", digit="D"))
    assert isinstance(event, events.ChannelDtmfReceived)
    assert event.digit == "D"
    assert "'D'" not in repr(event)
    assert "digit" not in repr(event)


def test_an_unknown_event_keeps_its_content_out_of_its_repr() -> None:
    event = parse_event(changed("ChannelDtmfReceived", type="ChannelVarset", value="4929"))
    assert isinstance(event, events.UnknownEvent)
    assert event.type == "ChannelVarset"
    assert event.channel_ids == ("c1",)
    assert "4929" not in repr(event)
    assert event.payload["value"] == "4929"


def test_a_missing_file_shows_as_a_failed_playback() -> None:
    frame = json.loads(RECORDED["PlaybackFinished"])
    frame["playback"]["state"] = "failed"
    event = parse_event(json.dumps(frame))
    assert isinstance(event, events.PlaybackFinished)
    assert event.playback.state is PlaybackState.FAILED
    assert event.channel_ids == ("c1",)


def test_a_playback_to_a_bridge_concerns_no_single_channel() -> None:
    frame = json.loads(RECORDED["PlaybackFinished"])
    frame["playback"]["target_uri"] = "bridge:c1"
    assert parse_event(json.dumps(frame)).channel_ids == ()


def test_dial_concerns_the_dialled_leg() -> None:
    event = parse_event(RECORDED["Dial"])
    assert isinstance(event, events.Dial)
    assert event.status == ""
    assert event.channel_ids == ("c1",)


def test_what_the_dialplan_says_arrives_by_header() -> None:
    event = parse_event(RECORDED["ChannelUserevent"])
    assert isinstance(event, events.ChannelUserEvent)
    assert event.name == "Release"
    assert event.fields["Tech"] == "SIP 200 OK"


def test_time_stamps_become_utc() -> None:
    event = parse_event(changed("StasisEnd", timestamp="2026-11-22T04:56:24.5+0200"))
    assert event.at == datetime(2026, 11, 22, 2, 56, 24, 500_000, tzinfo=UTC)


def test_a_state_of_the_future_is_unknown_and_no_error() -> None:
    frame = json.loads(RECORDED["ChannelStateChange"])
    frame["channel"]["state"] = "Levitating"
    event = parse_event(json.dumps(frame))
    assert isinstance(event, events.ChannelStateChange)
    assert event.channel.state is ChannelState.UNKNOWN


def test_a_field_that_is_missing_is_named_and_no_value_is_quoted() -> None:
    frame = json.loads(changed("ChannelDtmfReceived", digit="7391"))
    del frame["channel"]["id"]
    with pytest.raises(AriError) as caught:
        parse_event(json.dumps(frame))
    assert "ChannelDtmfReceived.channel" in str(caught.value)
    assert "'id'" in str(caught.value)
    assert "7391" not in str(caught.value)


@pytest.mark.parametrize(
    "frame", ["", "{", "[]", "7", "{}", '{"type": 3}', '{"type": "StasisStart"}', b"\xff"]
)
def test_what_is_no_event_is_refused(frame: str | bytes) -> None:
    with pytest.raises(AriError):
        parse_event(frame)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(kind=st.sampled_from(sorted(RECORDED)), name=st.data(), value=json_values)
def test_a_field_of_any_other_shape_is_an_event_or_an_ari_error(
    kind: str, name: st.DataObject, value: object
) -> None:
    frame = json.loads(RECORDED[kind])
    frame[name.draw(st.sampled_from(sorted(frame)))] = value
    with suppress(AriError):
        parse_event(json.dumps(frame))


def test_the_event_filter_can_be_made_of_the_known_types() -> None:
    assert "ChannelDestroyed" in KNOWN_TYPES
    assert "ChannelVarset" not in KNOWN_TYPES
