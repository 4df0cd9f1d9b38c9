"""Requests about what a channel hears: prompts, keys, music.

A second `play` on a channel waits in Asterisk until the first ends; `stop_playback` does not wait.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from ivr.ari.request import Request, an_object, delete, given, milliseconds, path, post
from ivr.ari.values import Playback, read_playback

_STOPPABLE = ("sound", "recording", "tone")


def play(
    channel_id: str,
    media: Sequence[str],
    *,
    playback_id: str,
    language: str | None = None,
    skip_to: timedelta = timedelta(0),
) -> Request[Playback]:
    """Play `sound:`, `recording:` or `tone:` media one after the other as one playback.

    `number:`, `digits:` and `characters:` are refused with ValueError, because Asterisk can't stop them for a
    key. `skip_to` is where in the first medium to begin.
    """
    if not media:
        raise ValueError("there is nothing to play; give at least one medium")
    for uri in media:
        if uri.partition(":")[0] not in _STOPPABLE:
            raise ValueError(f"{uri!r} can't be stopped once it plays; use sound:, recording: or tone:")
    return Request(
        "play",
        "POST",
        path("channels", channel_id, "play"),
        an_object("Playback", read_playback),
        given(
            media=list(media),
            playbackId=playback_id,
            lang=language,
            offsetms=milliseconds(skip_to) if skip_to else None,
        ),
    )


def get_playback(playback_id: str) -> Request[Playback]:
    """One playback; refused with 404 when it has ended."""
    return Request(
        "get_playback", "GET", path("playbacks", playback_id), an_object("Playback", read_playback)
    )


def stop_playback(playback_id: str) -> Request[None]:
    """Stop a playback with all that is left of its list; PlaybackFinished follows."""
    return delete("stop_playback", path("playbacks", playback_id))


def send_dtmf(
    channel_id: str,
    digits: str,
    *,
    duration: timedelta = timedelta(milliseconds=100),
    between: timedelta = timedelta(milliseconds=100),
    before: timedelta = timedelta(0),
    after: timedelta = timedelta(0),
) -> Request[None]:
    """Press keys at the far end; a `w` in `digits` waits half a second.

    Waits behind a file that plays, and behind a recording of this channel: record what such a channel hears
    on a `snoop` of it.
    """
    if not digits or set(digits.upper()) - set("0123456789*#ABCDW"):
        raise ValueError("there is something in the keys to send that is no key; use 0-9 * # A-D and w")
    return post(
        "send_dtmf",
        path("channels", channel_id, "dtmf"),
        dtmf=digits,
        duration=milliseconds(duration),
        between=milliseconds(between),
        before=milliseconds(before),
        after=milliseconds(after),
    )


def start_music(channel_id: str, music_class: str | None = None) -> Request[None]:
    """Play music on hold."""
    return post("start_music", path("channels", channel_id, "moh"), mohClass=music_class)


def stop_music(channel_id: str) -> Request[None]:
    """Stop music on hold."""
    return delete("stop_music", path("channels", channel_id, "moh"))
