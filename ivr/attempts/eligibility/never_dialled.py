"""Stage: numbers that nobody may ever dial, whoever keyed them in."""

from __future__ import annotations

from datetime import datetime

from ivr.attempts.eligibility import reasons
from ivr.attempts.eligibility.decision import Decision, Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.policy import Policy
from ivr.phone_number import never_dialled as why_never_dialled
from ivr.phone_number import parse_phone_number

STAGE = "never_dialled"


def never_dialled(facts: EligibilityFacts, _policy: Policy, _now: datetime) -> Decision | None:
    """Cancel for emergency, short-code, premium and satellite numbers, and for what is no E.164 number."""
    address = facts.attempt.address
    try:
        number = parse_phone_number(address)
    except ValueError:
        number = None
    if number is None or number != address:
        return Decision(STAGE, Verdict.CANCEL, reasons.NEVER_DIALLED, "it is no E.164 number")
    if (why := why_never_dialled(number)) is not None:
        return Decision(STAGE, Verdict.CANCEL, reasons.NEVER_DIALLED, why)
    return None
