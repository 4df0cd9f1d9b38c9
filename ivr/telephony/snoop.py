"""Channels that only listen to another."""

from __future__ import annotations

from ivr.ari.values import Channel


def is_snoop(channel: Channel) -> bool:
    """Whether a channel only listens to another, and ends by itself with it: it is no call."""
    return channel.name.startswith("Snoop/")
