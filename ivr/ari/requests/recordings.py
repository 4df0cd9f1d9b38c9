"""Requests about recording what a channel says."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from ivr.ari.request import Request, an_object, delete, given, path, post, seconds
from ivr.ari.values import Recording, read_recording

IfExists = Literal["fail", "overwrite", "append"]


def record(
    channel_id: str,
    name: str,
    *,
    file_format: str = "wav",
    max_duration: timedelta | None = None,
    max_silence: timedelta | None = None,
    if_exists: IfExists = "fail",
    beep: bool = False,
    terminate_on: str = "none",
) -> Request[Recording]:
    """Record what the far end says to the spool folder as `name`.

    `terminate_on` is a key, `any` or `none`. Without `max_duration` or `max_silence` only `stop_recording` or
    the call's end stops it. Whole seconds.
    """
    return Request(
        "record",
        "POST",
        path("channels", channel_id, "record"),
        an_object("LiveRecording", read_recording),
        given(
            name=name,
            format=file_format,
            maxDurationSeconds=seconds(max_duration),
            maxSilenceSeconds=seconds(max_silence),
            ifExists=if_exists,
            beep=beep,
            terminateOn=terminate_on,
        ),
    )


def get_recording(name: str) -> Request[Recording]:
    """One recording that runs; refused with 404 when it has ended."""
    return Request(
        "get_recording",
        "GET",
        path("recordings", "live", name),
        an_object("LiveRecording", read_recording),
    )


def stop_recording(name: str) -> Request[None]:
    """Stop a recording and keep it."""
    return post("stop_recording", path("recordings", "live", name, "stop"))


def discard_recording(name: str) -> Request[None]:
    """Stop a recording and throw it away."""
    return delete("discard_recording", path("recordings", "live", name))


def pause_recording(name: str) -> Request[None]:
    """Leave out what comes now, a PIN or a card being keyed."""
    return post("pause_recording", path("recordings", "live", name, "pause"))


def resume_recording(name: str) -> Request[None]:
    """Go on after `pause_recording`."""
    return delete("resume_recording", path("recordings", "live", name, "pause"))
