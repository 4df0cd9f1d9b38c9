"""From hangup causes to CallResults: the one place that knows foreign codes.

For a call that nobody answered; an answered one is `CallResult.ANSWERED` whatever ended it.

The SIP status decides where there is one, because Asterisk's Q.850 cause is made from it and says less: it
turns 607 and 608 into 127. Sources: RFC 3261 section 21, the IANA registry of SIP response codes, RFC 3398
and RFC 4497 (SIP and Q.850), RFC 8197 (607), RFC 8688 (608), ATIS-1000099 (603+), ITU-T Q.850 (05/2018).

"603+" is status 603 with the reason phrase `Network Blocked` and a Reason header that says who to turn to.
Asterisk 22 gives ChannelDestroyed of it only 21 and 603, as of a plain "Decline". The phrase is in
`HANGUPCAUSE(<channel>,tech)`, readable while the channel lives: a hangup handler pushed at the
originate reads it for sure, a request over ARI mostly comes too late. The Reason header is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import structlog

from ivr.calls.call_result import CallResult
from ivr.calls.hangup_cause import HangupCause

NETWORK_BLOCKED = "network blocked"
"""Reason phrase of 603+ (ATIS-1000099), in lower case."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class CauseOverrides:
    """What a trunk means by codes that it uses in a way of its own."""

    sip: Mapping[int, CallResult] = field(default_factory=dict)
    """By SIP final status, 300 to 699."""
    q850: Mapping[int, CallResult] = field(default_factory=dict)
    """By Q.850 cause, for calls that got no SIP status."""


_NO_OVERRIDES = CauseOverrides()


def unanswered_result(
    cause: HangupCause, *, alerted: bool, overrides: CauseOverrides = _NO_OVERRIDES
) -> CallResult:
    """Return what the network did with a call that nobody answered.

    `alerted` is whether ringing or early media came back. It tells "nobody picked up" from "nothing was
    there", for which Asterisk has one code: our own ring time-out is 19 with 480 in both cases.
    A code that no table knows is FAILED, and is logged as an error.
    """
    if cause.sip is not None and cause.sip >= 300:
        found = overrides.sip.get(cause.sip) or _sip_result(cause.sip, cause.sip_reason)
    else:
        found = overrides.q850.get(cause.q850) or Q850_RESULTS.get(cause.q850)
    if found is None:
        _log.error("hangup_cause_unknown", q850=cause.q850, sip=cause.sip, text=cause.text)
        return CallResult.FAILED
    if found is CallResult.NO_ANSWER and not alerted:
        return CallResult.UNREACHABLE
    return found


def _sip_result(status: int, reason: str | None) -> CallResult | None:
    if status == 603 and (reason or "").strip().lower() == NETWORK_BLOCKED:
        return CallResult.BLOCKED
    return SIP_RESULTS.get(status)


def _by_code(groups: Mapping[CallResult, tuple[int, ...]]) -> Mapping[int, CallResult]:
    return {code: result for result, codes in groups.items() for code in codes}


SIP_RESULTS = _by_code(
    {
        CallResult.BUSY: (486, 600),
        CallResult.NO_ANSWER: (408, 480),
        CallResult.REJECTED: (403, 433, 603),
        CallResult.BLOCKED: (607, 608),
        CallResult.INVALID_NUMBER: (301, 404, 410, 484, 485, 604),
        CallResult.UNREACHABLE: (430, 502, 504),
        CallResult.CONGESTION: (500, 503),
        CallResult.CANCELLED: (487,),
        CallResult.FAILED: (
            *(300, 302, 305, 380),
            *(
                400,
                401,
                402,
                405,
                406,
                407,
                409,
                411,
                412,
                413,
                414,
                415,
                416,
                417,
                420,
                421,
                422,
                423,
                424,
                425,
            ),
            *(428, 429, 436, 437, 438, 439, 440, 469, 470, 481, 482, 483, 488, 489, 491, 493, 494),
            *(501, 505, 513, 555, 580, 606),
        ),
    }
)
"""Every final status of the IANA registry from 300 on.

403 is said by called parties and by carriers that refuse us: override it for a trunk that means the latter.
A 404 is an invalid number behind an announcement in early media as well.
"""

Q850_RESULTS = _by_code(
    {
        CallResult.BUSY: (17,),
        CallResult.NO_ANSWER: (19, 31),
        CallResult.REJECTED: (21, 24, 53, 54, 55, 87),
        CallResult.INVALID_NUMBER: (1, 4, 5, 22, 28),
        CallResult.UNREACHABLE: (2, 3, 18, 20, 25, 27, 102),
        CallResult.CONGESTION: (8, 9, 34, 38, 41, 42, 44, 46, 47),
        CallResult.CANCELLED: (16, 26),
        CallResult.FAILED: (
            *(0, 6, 7, 14, 23, 29, 30, 39, 40, 43, 49, 50, 52, 57, 58, 62, 63, 65, 66, 69, 70, 79),
            *(81, 82, 83, 84, 85, 86, 88, 90, 91, 95, 96, 97, 98, 99, 100, 101, 103, 110, 111, 127),
        ),
    }
)
"""Every cause of Q.850, and Asterisk's 0 (none was set) and 26 (answered elsewhere).

16 without an answer is our own hang-up. 4, "send special information tone", is what an exchange says for a
number out of service.
"""
