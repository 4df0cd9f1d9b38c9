"""How often the same may be asked for: a few times at once, then at a steady pace."""

from __future__ import annotations

from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

_MOST_KEYS = 10_000
_NEIGHBOURS = 64
"""Bits of an IPv6 address that all addresses of one line share."""


class Rate:
    """Counts by key, in memory; at most `most` at once, and each is forgotten after its part of `within`."""

    def __init__(self, most: int, within: timedelta) -> None:
        self._each = within / most
        self._within = within
        self._free_at: dict[str, datetime] = {}

    def allows(self, key: str, now: datetime) -> bool:
        """Count one more; False, and it is not counted, when there were too many."""
        free_at = max(self._free_at.get(key, now), now) + self._each
        if free_at - now > self._within:
            return False
        if len(self._free_at) >= _MOST_KEYS:
            self._free_at = {each: at for each, at in self._free_at.items() if at > now}
        self._free_at[key] = free_at
        return True

    def is_used_up(self, key: str, now: datetime) -> bool:
        """Say whether one more would be too many, without counting it."""
        return max(self._free_at.get(key, now), now) + self._each - now > self._within


def neighbourhood(address: str) -> str:
    """Return what all addresses of one line have in common: an IPv6 line has more than anybody can count."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return address
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(IPv6Address(int(parsed) >> _NEIGHBOURS << _NEIGHBOURS))
