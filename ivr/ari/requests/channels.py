"""Requests about a channel as such: dial, answer, hang up, hand on.

`answer`, `continue_in_dialplan` and `set_variable` wait in Asterisk until a playing file ends (22 s were
measured); `hang_up` does not. So variables are set by `originate`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Literal

from ivr.ari.request import Request, a_list, an_object, comma_list, delete, given, path, post
from ivr.ari.values import Channel, RtpStatistics, read_channel, read_rtp_statistics

Direction = Literal["none", "in", "out", "both"]


def originate(
    endpoint: str,
    app: str,
    *,
    channel_id: str,
    app_args: Sequence[str] = (),
    caller_id: str | None = None,
    ring_timeout: timedelta = timedelta(seconds=30),
    variables: Mapping[str, str] | None = None,
    formats: Collection[str] = (),
) -> Request[Channel]:
    """Dial `endpoint` (`PJSIP/+15551234567@trunk`); the answered call comes as StasisStart with `app_args`.

    A live channel of this id makes Asterisk answer 409, but something stays behind in it that holds up its
    stop (seen on 22.10): look the id up before, never try it out. Events come from the first moment on, for
    calls that nobody answers too. `caller_id` is `"Name" <number>` or a number. `formats` are codecs.
    """
    return Request(
        "originate",
        "POST",
        "/channels",
        an_object("Channel", read_channel),
        given(
            endpoint=endpoint,
            app=app,
            appArgs=comma_list(app_args),
            channelId=channel_id,
            callerId=caller_id,
            timeout=max(1, round(ring_timeout.total_seconds())),
            variables=dict(variables) if variables else None,
            formats=comma_list(tuple(formats)),
        ),
        dials=True,
    )


def list_channels() -> Request[tuple[Channel, ...]]:
    """All channels of this Asterisk, ours or not."""
    return Request("list_channels", "GET", "/channels", a_list("Channel", read_channel))


def get_channel(channel_id: str) -> Request[Channel]:
    """One channel; refused with 404 when it is gone."""
    return Request("get_channel", "GET", path("channels", channel_id), an_object("Channel", read_channel))


def answer(channel_id: str) -> Request[None]:
    """Answer an inbound call."""
    return post("answer", path("channels", channel_id, "answer"))


def ring(channel_id: str) -> Request[None]:
    """Let the caller hear that it rings."""
    return post("ring", path("channels", channel_id, "ring"))


def stop_ringing(channel_id: str) -> Request[None]:
    """Stop what `ring` began."""
    return delete("stop_ringing", path("channels", channel_id, "ring"))


def hang_up(channel_id: str, cause: int = 16) -> Request[None]:
    """End the call with a Q.850 cause, 16 is normal clearing; takes effect while a file plays."""
    return delete("hang_up", path("channels", channel_id), reason_code=str(cause))


def continue_in_dialplan(
    channel_id: str, context: str, extension: str = "s", priority: int = 1
) -> Request[None]:
    """Hand the channel to the dialplan; StasisEnd follows."""
    return post(
        "continue_in_dialplan",
        path("channels", channel_id, "continue"),
        context=context,
        extension=extension,
        priority=priority,
    )


def redirect(channel_id: str, endpoint: str) -> Request[None]:
    """Send an unanswered inbound call's caller elsewhere (SIP 302): `PJSIP/sip:+15551234567@127.0.0.1`."""
    return post("redirect", path("channels", channel_id, "redirect"), endpoint=endpoint)


def get_variable(channel_id: str, name: str) -> Request[str]:
    """A variable's value, or that of a dialplan function (`CHANNEL(rtp,dest)`); refused with 404 if unset."""
    return Request(
        "get_variable",
        "GET",
        path("channels", channel_id, "variable"),
        an_object("Variable", lambda source: source.text("value")),
        {"variable": name},
    )


def set_variable(channel_id: str, name: str, value: str) -> Request[None]:
    """Set a variable or a dialplan function; waits behind a playing file: prefer those of `originate`."""
    return post("set_variable", path("channels", channel_id, "variable"), variable=name, value=value)


def snoop(
    channel_id: str,
    app: str,
    *,
    snoop_id: str,
    spy: Direction = "in",
    whisper: Direction = "none",
    app_args: Sequence[str] = (),
) -> Request[Channel]:
    """Make a channel that hears (`spy`) or speaks into (`whisper`) another; it enters the application."""
    return Request(
        "snoop",
        "POST",
        path("channels", channel_id, "snoop"),
        an_object("Channel", read_channel),
        given(
            app=app,
            snoopId=snoop_id,
            spy=spy,
            whisper=whisper,
            appArgs=comma_list(app_args),
        ),
    )


def rtp_statistics(channel_id: str) -> Request[RtpStatistics]:
    """Media quality so far; refused with 404 where the channel has no RTP."""
    return Request(
        "rtp_statistics",
        "GET",
        path("channels", channel_id, "rtp_statistics"),
        an_object("RTPstat", read_rtp_statistics),
    )
