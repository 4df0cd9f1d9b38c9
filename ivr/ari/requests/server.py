"""Requests about the application and the Asterisk behind it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ivr.ari.json_object import JsonObject
from ivr.ari.request import Request, an_object, path
from ivr.ari.values import Application, AsteriskInfo, read_application, read_asterisk_info


def application_details(app: str) -> Request[Application]:
    """What the application is told about; refused with 404 where no client ever connected for it."""
    return Request(
        "application_details", "GET", path("applications", app), an_object("Application", read_application)
    )


def set_event_filter(app: str, allowed: Collection[str]) -> Request[Application]:
    """Send the application events of these types only; holds until the next connect."""
    return Request(
        "set_event_filter",
        "PUT",
        path("applications", app, "eventFilter"),
        an_object("Application", read_application),
        {"allowed": [{"type": name} for name in sorted(allowed)]},
    )


def subscribe(app: str, event_sources: Sequence[str]) -> Request[Application]:
    """Tell the application about `channel:ID`, `bridge:ID`, `endpoint:PJSIP/name`, … too."""
    return Request(
        "subscribe",
        "POST",
        path("applications", app, "subscription"),
        an_object("Application", read_application),
        {"eventSource": list(event_sources)},
    )


def unsubscribe(app: str, event_sources: Sequence[str]) -> Request[Application]:
    """Tell the application no more about what `subscribe` or an originate told it about."""
    return Request(
        "unsubscribe",
        "DELETE",
        path("applications", app, "subscription"),
        an_object("Application", read_application),
        {"eventSource": ",".join(event_sources)},
    )


def asterisk_info() -> Request[AsteriskInfo]:
    """Version, entity and time of start."""
    return Request("asterisk_info", "GET", "/asterisk/info", an_object("AsteriskInfo", read_asterisk_info))


def ping() -> Request[str]:
    """Ask whether somebody is there; answers with the entity's id."""
    return Request("ping", "GET", "/asterisk/ping", an_object("AsteriskPing", _read_ping))


def _read_ping(source: JsonObject) -> str:
    return source.text("asterisk_id")
