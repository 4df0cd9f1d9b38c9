"""May this message be sent now? A list of small stages, as for calls; the first objection counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.accounts.hold import Hold
from ivr.accounts.suppression import Suppression
from ivr.attempts.eligibility.decision import Decision, Verdict
from ivr.calling_hours import CallingHours, time_zone
from ivr.messages.message import Message
from ivr.phone_number import never_dialled, parse_phone_number

LOOK_AGAIN = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class MessageFacts:
    """Everything that the stages look at."""

    message: Message
    contact_point: ContactPoint | None
    """None: the address is no customer's."""
    suppressions: Sequence[Suppression]
    """Those of the customer and those of the address."""
    hours: CallingHours | None
    """Of the rule that it belongs to; None: it belongs to none."""
    zones: Sequence[str]
    """IANA names of all zones that whoever reads it might be in."""
    is_allowed: bool
    """The installation is live, or the address is listed."""
    is_stopped: bool
    """Somebody said `ivr stop-all`."""
    holds: Sequence[Hold] = ()
    """Those of the customer that have not ended, whatever they cover."""


Stage = Callable[[MessageFacts, datetime], Decision | None]


def expired(facts: MessageFacts, now: datetime) -> Decision | None:
    """Cancel what comes too late to be of use."""
    if now < facts.message.expires_at:
        return None
    return Decision("expired", Verdict.CANCEL, "expired", "its time is over")


def opted_out(facts: MessageFacts, _now: datetime) -> Decision | None:
    """Cancel on an opt-out of the customer or of the address, also where the customer asked for it before."""
    message = facts.message
    for each in facts.suppressions:
        covers = each.topic is None or each.topic == message.topic
        theirs = message.customer_id is not None and each.customer_id == message.customer_id
        # Who pressed a key for it after having opted out means it; an address that said stop means that.
        is_later_wish = theirs and message.is_asked_for and message.created_at > each.since
        if covers and (each.address == message.address or theirs) and not is_later_wish:
            return Decision("opted_out", Verdict.CANCEL, "opted_out", f"opted out on {each.since:%Y-%m-%d}")
    return None


def hold(facts: MessageFacts, now: datetime) -> Decision | None:
    """Defer until the hold that lasts longest is over; not what was asked for."""
    message = facts.message
    about = (message.account_id or "", message.topic or "", now)
    holds = [each for each in facts.holds if each.covers(*about)]
    if message.is_asked_for or not holds:
        return None
    longest = max(holds, key=lambda each: (each.until is None, each.until or each.since))
    until = longest.until or now + LOOK_AGAIN
    return Decision("hold", Verdict.DEFER, f"hold_{longest.kind}", longest.kind.sentence, until)


def contact_point_unusable(facts: MessageFacts, _now: datetime) -> Decision | None:
    """Cancel when the address turned out not to be the customer's."""
    point, message = facts.contact_point, facts.message
    is_theirs = point is not None and point.usable and point.address == message.address
    if message.customer_id is None or is_theirs:
        return None
    reason = "contact_point_unusable"
    return Decision(reason, Verdict.CANCEL, reason, "the address is not this customer's")


def never_reached(facts: MessageFacts, _now: datetime) -> Decision | None:
    """Cancel text messages to emergency, premium and satellite numbers, and to what is no number."""
    if facts.message.medium is not Medium.SMS:
        return None
    try:
        number = parse_phone_number(facts.message.address)
    except ValueError:
        return Decision("never_reached", Verdict.CANCEL, "never_dialled", "it is no E.164 number")
    why = never_dialled(number)
    return None if why is None else Decision("never_reached", Verdict.CANCEL, "never_dialled", why)


def not_allowed_yet(facts: MessageFacts, now: datetime) -> Decision | None:
    """Defer until the address is listed, or the installation is live."""
    if facts.is_allowed:
        return None
    detail = "the installation is not live, and the address is not listed"
    return Decision("not_allowed_yet", Verdict.DEFER, "not_live", detail, now + LOOK_AGAIN)


def stopped(facts: MessageFacts, now: datetime) -> Decision | None:
    """Defer while everything is stopped."""
    if not facts.is_stopped:
        return None
    return Decision("stopped", Verdict.DEFER, "stopped", "everything is stopped", now + timedelta(minutes=1))


def quiet_hours(facts: MessageFacts, now: datetime) -> Decision | None:
    """Defer to the hours of its rule, in every zone that they might be in; not what was asked for."""
    hours = facts.hours
    if facts.message.is_asked_for or hours is None or hours.is_always_open:
        return None
    zones = [zone for name in facts.zones if (zone := time_zone(name)) is not None]
    if not zones or len(zones) < len(facts.zones):
        detail = "nobody knows what time it is there"
        return Decision("quiet_hours", Verdict.DEFER, "unknown_time_zone", detail, now + timedelta(days=1))
    if hours.is_open(now, zones):
        return None
    opens = hours.next_open(now, zones) or now + timedelta(days=1)
    return Decision("quiet_hours", Verdict.DEFER, "quiet_hours", f"outside {hours.title}", opens)


STAGES: tuple[Stage, ...] = (
    expired,
    opted_out,
    contact_point_unusable,
    never_reached,
    hold,
    stopped,
    not_allowed_yet,
    quiet_hours,
)


def objection(facts: MessageFacts, now: datetime) -> Decision | None:
    """Return what stands against sending it now; None when nothing does."""
    return next((said for stage in STAGES if (said := stage(facts, now)) is not None), None)
