"""The line that the settings want calls to go out on, and what is dialled for a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ivr.attempts.eligibility.policy import DialPermission
from ivr.attempts.pacing import Pace
from ivr.engine.line import Line
from ivr.engine.telephony import Listening
from ivr.errors import UsageError
from ivr.phone_number import PhoneNumber
from ivr.settings import Settings
from ivr.switch.trunk import SIMULATED_TRUNK, Trunk, dial_string
from ivr.telephony.cause_map import CauseOverrides
from ivr.telephony.outside import DialString


def default_line(settings: Settings, trunks: Sequence[Trunk]) -> Line:
    """Return the line of `[dialing] trunk`; raises UsageError when none of `trunks` has that name."""
    dialing = settings.dialing
    by_name = {trunk.name: trunk for trunk in trunks}
    if dialing.trunk not in by_name:
        known = ", ".join(sorted(by_name))
        raise UsageError(f"[dialing] trunk is {dialing.trunk!r}; use one of: {known}")
    trunk = by_name[dialing.trunk]
    return Line(
        trunk=trunk.name,
        is_simulated=trunk.name == SIMULATED_TRUNK,
        caller_id=PhoneNumber(trunk.caller_id or settings.company.phone),
        pace=Pace(dialing.calls_per_second or trunk.calls_per_second),
        max_calls=min(dialing.max_calls, trunk.max_calls),
        max_duration=dialing.max_call_seconds,
        listed_numbers=frozenset(dialing.listed_numbers),
        allowed_prefixes=dialing.allowed_prefixes,
        listening=Listening(trunk.beeps_hz) if _listens(settings, trunk) else None,
        ears=Listening(trunk.beeps_hz),
    )


def permission_of(settings: Settings) -> DialPermission:
    """Return what may be dialled on that line before `ivr go-live`; nothing of Asterisk is needed to know."""
    dialing = settings.dialing
    listed, is_simulated = frozenset(dialing.listed_numbers), dialing.trunk == SIMULATED_TRUNK
    return DialPermission(is_simulated, False, listed, dialing.allowed_prefixes)


def _listens(settings: Settings, trunk: Trunk) -> bool:
    said = settings.dialing.detect_answerer
    return trunk.detect_answerer if said is None else said


def dial_strings(settings: Settings, trunks: Sequence[Trunk]) -> DialString:
    """Return what tells Asterisk whom to dial: a softphone of ours is rung directly, all else over a trunk.

    It raises ValueError for a trunk that is not known and for what is no E.164 number.
    """
    by_name: Mapping[str, Trunk] = {trunk.name: trunk for trunk in trunks}
    phones = {phone.number: phone.username for phone in settings.softphones}

    def dialled(trunk_name: str, number: PhoneNumber) -> str:
        if (username := phones.get(number)) is not None:
            return f"PJSIP/{username}"
        if trunk_name not in by_name:
            raise ValueError(f"no trunk is called {trunk_name!r}")
        return dial_string(by_name[trunk_name], number)

    return dialled


def causes_by_trunk(trunks: Sequence[Trunk]) -> Mapping[str, CauseOverrides]:
    """Return what each trunk's provider means by codes that it uses in a way of its own."""
    return {trunk.name: CauseOverrides(trunk.sip_causes, trunk.q850_causes) for trunk in trunks}
