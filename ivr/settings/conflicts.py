"""Settings that are right one by one and wrong together.

They are looked for in what was written, before each setting is read by itself, so that they are told along
with every other mistake.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ivr.switch.ports import LOOPBACK
from ivr.switch.trunk import LOCAL_HOSTS, SIMULATED_TRUNK

_UNIQUE = (
    ("trunks", "name", "trunk"),
    ("softphones", "username", "softphone"),
    ("softphones", "number", "softphone's number"),
    ("queues", "name", "queue"),
    ("api_clients", "name", "API client"),
)
_NEEDS = (("ari_url", "ari_user"), ("ari_url", "ari_password_file"), ("ami_user", "ami_password_file"))


@dataclass(frozen=True, slots=True)
class Conflict:
    """A setting that another one contradicts."""

    path: tuple[str, ...]
    """From the top of the settings; blocks are counted from 0."""
    wrong: str
    right: str


def conflicts_in(settings: Mapping[str, Any]) -> Iterator[Conflict]:
    """Yield every conflict in settings as they were written, whatever else is wrong with them."""
    for kind, key, what in _UNIQUE:
        yield from _twice(settings, kind, key, what)
    yield from _endpoints_alike(settings)
    yield from _unknown_trunks(settings)
    yield from _unknown_members(settings)
    asterisk = _section(settings, "asterisk")
    if asterisk.get("ari_url") is None:
        yield from _out_of_reach(settings, asterisk.get("sip_address", LOOPBACK))
        yield from _translated_otherwise(settings)
    for given, needed in _NEEDS:
        if asterisk.get(given) is not None and asterisk.get(needed) is None:
            yield Conflict(("asterisk", given), f"it is given without {needed}", "give both, or neither")


def _twice(settings: Mapping[str, Any], kind: str, key: str, what: str) -> Iterator[Conflict]:
    seen: set[str] = set()
    for path, name in _named(settings, kind, key):
        if name in seen:
            yield Conflict(path, f"{name!r} is another {what} already", "give each one of its own")
        seen.add(name)


def _endpoints_alike(settings: Mapping[str, Any]) -> Iterator[Conflict]:
    """Asterisk knows trunks and telephones by name alone."""
    trunks = {name for _, name in _named(settings, "trunks", "name")}
    for path, name in _named(settings, "softphones", "username"):
        if name in {*trunks, SIMULATED_TRUNK}:
            yield Conflict(path, f"{name!r} is a trunk already", "choose another user name")
    for path, name in _named(settings, "trunks", "name"):
        if name == SIMULATED_TRUNK:
            wrong = f"{name!r} is the simulated telephone network, which rings without a go-live"
            yield Conflict(path, wrong, "choose another name")


def _unknown_trunks(settings: Mapping[str, Any]) -> Iterator[Conflict]:
    known = [name for _, name in _named(settings, "trunks", "name")]
    if _section(settings, "asterisk").get("ari_url") is None:
        known.append(SIMULATED_TRUNK)
    right = f"use one of: {', '.join(sorted(known))}" if known else "write a [[trunks]] block"
    default = _section(settings, "dialing").get("trunk", SIMULATED_TRUNK)
    for path, name in [
        (("dialing", "trunk"), default),
        *_named(settings, "queues", "trunk"),
        *_emergency(settings),
    ]:
        if name not in known:
            yield Conflict(path, f"no trunk is called {name!r}", right)


def _emergency(settings: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(name := _section(settings, "emergency").get("trunk"), str):
        yield ("emergency", "trunk"), name


def _out_of_reach(settings: Mapping[str, Any], sip_address: object) -> Iterator[Conflict]:
    for path, host in _named(settings, "trunks", "host"):
        if sip_address == LOOPBACK and host not in LOCAL_HOSTS:
            wrong = f"{host!r} is another machine, but SIP is spoken at {LOOPBACK} only"
            right = "set sip_address in [asterisk] to an address that it can reach, or 0.0.0.0"
            yield Conflict(path, wrong, right)


def _translated_otherwise(settings: Mapping[str, Any]) -> Iterator[Conflict]:
    """All trunks share one transport, which has one address outside."""
    first: object = None
    for path, block in _blocks(settings, "trunks"):
        if (address := block.get("external_media_address")) is None:
            continue
        translation = (address, block.get("local_net", []))
        first = first or translation
        if translation != first:
            wrong = "another trunk has another address, or another local_net beside it"
            yield Conflict((*path, "external_media_address"), wrong, "give these trunks the same")


def _unknown_members(settings: Mapping[str, Any]) -> Iterator[Conflict]:
    known = [name for _, name in _named(settings, "softphones", "username")]
    for path, block in _blocks(settings, "queues"):
        members = block.get("members")
        for name in members if isinstance(members, list) else []:
            if name not in known:
                right = "write a [[softphones]] block for each member"
                yield Conflict((*path, "members"), f"no softphone has the user name {name!r}", right)


def _section(settings: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    section = settings.get(name)
    return section if isinstance(section, Mapping) else {}


def _named(settings: Mapping[str, Any], kind: str, key: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the text of `key` in each block `[[kind]]` that has it, with its path."""
    for path, block in _blocks(settings, kind):
        if isinstance(name := block.get(key), str):
            yield (*path, key), name


def _blocks(settings: Mapping[str, Any], kind: str) -> Iterator[tuple[tuple[str, str], Mapping[str, Any]]]:
    blocks = settings.get(kind)
    for index, block in enumerate(blocks if isinstance(blocks, list) else []):
        if isinstance(block, Mapping):
            yield (kind, str(index)), block
