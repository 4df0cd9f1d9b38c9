"""Codec and audio quality of a call, from the channel variables that come with its last event."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.calls.call_report import MediaQuality
from ivr.telephony.channel_variables import CODEC, QUALITY


def read_media_quality(variables: Mapping[str, str]) -> MediaQuality:
    """Read a channel's variables; a figure that is missing, unreadable or that nobody measured is None."""
    figures = _figures(variables.get(QUALITY, ""))
    received = _whole(figures, "rxcount")
    return MediaQuality(
        codec=_codec(variables.get(CODEC, "")),
        packets_sent=_whole(figures, "txcount"),
        packets_received=received,
        packets_lost=_whole(figures, "lp") if received else None,
        jitter_ms=_milliseconds(figures, "rxjitter") if received else None,
    )


def _figures(summary: str) -> Mapping[str, str]:
    """Split `ssrc=1;lp=0;rxjitter=0.000125;…`."""
    pairs = (part.partition("=") for part in summary.split(";"))
    return {name.strip(): value for name, _, value in pairs if value}


def _codec(formats: str) -> str | None:
    """Return `ulaw` of `(ulaw)`; the first where there are several (`(ulaw|alaw)`)."""
    return formats.strip("()").partition("|")[0] or None


def _whole(figures: Mapping[str, str], name: str) -> int | None:
    number = figures.get(name, "")
    return int(number) if number.isascii() and number.isdigit() else None


def _milliseconds(figures: Mapping[str, str], name: str) -> float | None:
    """Read what Asterisk gives in seconds."""
    try:
        return float(figures[name]) * 1000
    except (KeyError, ValueError):
        return None
