"""The line that the settings want calls to go out on, and what is dialled for a number."""

from __future__ import annotations

from ivr.app.embedded_switch import SIMULATED_TRUNK, trunks
from ivr.attempts.pacing import Pace
from ivr.engine.line import Line
from ivr.errors import UsageError
from ivr.phone_number import PhoneNumber
from ivr.settings import Settings
from ivr.switch.trunk import Trunk, dial_string


def default_line(settings: Settings) -> Line:
    """Return the line of `[dialing] trunk`; raises UsageError when no trunk has that name."""
    trunk = _trunk(settings, settings.dialing.trunk)
    dialing = settings.dialing
    caller_id = trunk.caller_id or settings.company.phone
    return Line(
        trunk=trunk.name,
        is_simulated=trunk.name == SIMULATED_TRUNK,
        caller_id=PhoneNumber(caller_id),
        pace=Pace(dialing.calls_per_second or trunk.calls_per_second),
        max_calls=min(dialing.max_calls, trunk.max_calls),
        max_duration=dialing.max_call_seconds,
        listed_numbers=frozenset(dialing.listed_numbers),
        allowed_prefixes=dialing.allowed_prefixes,
    )


def dial_string_of(settings: Settings, trunk_name: str, number: PhoneNumber) -> str:
    """Return what Asterisk dials; a softphone of ours is rung directly. ValueError for no E.164 number."""
    for phone in settings.softphones:
        if phone.number == number:
            return f"PJSIP/{phone.username}"
    return dial_string(_trunk(settings, trunk_name), number)


def _trunk(settings: Settings, name: str) -> Trunk:
    known = {trunk.name: trunk for trunk in trunks(settings)}
    if name not in known:
        raise UsageError(f"[dialing] trunk is {name!r}; use one of: {', '.join(sorted(known))}")
    return known[name]
