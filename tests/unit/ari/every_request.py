"""One request of every kind with every parameter given: what the checks of all requests run over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from ivr.ari import requests
from ivr.ari.request import Request

SECOND = timedelta(seconds=1)

REQUESTS: tuple[Request[object], ...] = (
    requests.originate(
        "PJSIP/x@trunk",
        "app",
        channel_id="c",
        app_args=("a",),
        caller_id="1",
        variables={"A": "b"},
        formats=("ulaw",),
    ),
    requests.list_channels(),
    requests.get_channel("c"),
    requests.answer("c"),
    requests.ring("c"),
    requests.redirect("c", "PJSIP/sip:1@127.0.0.1"),
    requests.stop_ringing("c"),
    requests.hang_up("c"),
    requests.continue_in_dialplan("c", "context"),
    requests.get_variable("c", "A"),
    requests.set_variable("c", "A", "b"),
    requests.snoop("c", "app", snoop_id="s", app_args=("a",)),
    requests.rtp_statistics("c"),
    requests.play("c", ["sound:a"], playback_id="p", language="en", skip_to=SECOND),
    requests.get_playback("p"),
    requests.stop_playback("p"),
    requests.send_dtmf("c", "1"),
    requests.start_music("c", "default"),
    requests.stop_music("c"),
    requests.record("c", "r", max_duration=SECOND, max_silence=SECOND),
    requests.get_recording("r"),
    requests.stop_recording("r"),
    requests.discard_recording("r"),
    requests.pause_recording("r"),
    requests.resume_recording("r"),
    requests.create_bridge("b"),
    requests.add_to_bridge("b", ["c"]),
    requests.remove_from_bridge("b", ["c"]),
    requests.destroy_bridge("b"),
    requests.application_details("app"),
    requests.set_event_filter("app", ["Dial"]),
    requests.subscribe("app", ["channel:c"]),
    requests.unsubscribe("app", ["channel:c"]),
    requests.asterisk_info(),
    requests.ping(),
)

PATHS: Mapping[str, str] = {
    "channels": "channelId",
    "bridges": "bridgeId",
    "playbacks": "playbackId",
    "live": "recordingName",
    "applications": "applicationName",
}
"""What Asterisk's own description calls the identifier after a part of a path."""


def described_path(request: Request[object]) -> str:
    """Return the path as Asterisk's description writes it: `/channels/{channelId}/play`."""
    parts = request.path.split("/")
    return "/".join(
        f"{{{PATHS[before]}}}" if before in PATHS else part
        for before, part in zip(["", *parts[:-1]], parts, strict=True)
    )
