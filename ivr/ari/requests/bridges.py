"""Requests about bridges, where channels hear each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ivr.ari.request import Request, an_object, delete, path, post
from ivr.ari.values import Bridge, read_bridge


def create_bridge(bridge_id: str, kind: Literal["mixing", "holding"] = "mixing") -> Request[Bridge]:
    """Make a bridge."""
    return Request(
        "create_bridge",
        "POST",
        "/bridges",
        an_object("Bridge", read_bridge),
        {"bridgeId": bridge_id, "type": kind},
    )


def add_to_bridge(bridge_id: str, channel_ids: Sequence[str]) -> Request[None]:
    """Let channels hear each other."""
    return post("add_to_bridge", path("bridges", bridge_id, "addChannel"), channel=list(channel_ids))


def remove_from_bridge(bridge_id: str, channel_ids: Sequence[str]) -> Request[None]:
    """Take channels out; they stay in the application."""
    return post("remove_from_bridge", path("bridges", bridge_id, "removeChannel"), channel=list(channel_ids))


def destroy_bridge(bridge_id: str) -> Request[None]:
    """End a bridge; its channels stay in the application."""
    return delete("destroy_bridge", path("bridges", bridge_id))
