"""What each of the customer's addresses may be used for."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.accounts.suppression import Suppression
from ivr.attempts.eligibility.policy import DialPermission
from ivr.phone_number import never_dialled, parse_phone_number
from ivr.why import words
from ivr.why.explanation import ContactUse
from ivr.why.facts import WhyFacts

_NUMBERS = frozenset({Medium.VOICE, Medium.SMS, Medium.FAX})


def explain_contact_points(
    known: WhyFacts, permission: DialPermission, topics: Collection[str]
) -> tuple[ContactUse, ...]:
    """Return every address by rank; `topics` are those of the live rules."""
    return tuple(_use(point, known, permission, topics) for point in known.contact_points)


def _use(
    point: ContactPoint, known: WhyFacts, permission: DialPermission, topics: Collection[str]
) -> ContactUse:
    what = words.MEDIA[point.medium]
    covering = _covering(point, known)
    if (never := _never(point)) is not None:
        return ContactUse(point.medium, point.address, False, (), f"Nothing: {never}.")
    if (all_of_it := next((each for each in covering if each.topic is None), None)) is not None:
        return ContactUse(point.medium, point.address, False, (), f"Nothing: {_said(all_of_it)}.")
    first = {each.topic: each for each in reversed(covering) if each.topic is not None}
    refused = tuple(sorted(first))
    if topics and set(topics) <= set(refused):
        said = _said(next(each for each in covering if each.topic in topics))
        told = f"Nothing that is called about now: {said}."
        return ContactUse(point.medium, point.address, False, refused, told)
    but = ", but not about " if refused else ""
    but += ", ".join(f"{topic} ({_said(first[topic])})" for topic in refused)
    when = ""
    if point.medium is Medium.VOICE and not permission.allows(point.address):
        when = (
            " once a prefix of the number is allowed"
            if permission.is_live
            else " once the installation is live"
        )
    return ContactUse(point.medium, point.address, not when, refused, f"{what.capitalize()}{when}{but}.")


def _never(point: ContactPoint) -> str | None:
    if not point.usable:
        return "it is not this customer's"
    if point.medium not in _NUMBERS:
        return None
    try:
        number = parse_phone_number(point.address)
    except ValueError:
        return "it is no E.164 number"
    return never_dialled(number)


def _covering(point: ContactPoint, known: WhyFacts) -> Sequence[Suppression]:
    return [
        each
        for each in known.suppressions
        if each.customer_id == known.customer.id or each.address == point.address
    ]


def _said(suppression: Suppression) -> str:
    who = "the customer" if suppression.customer_id is not None else "whoever has it"
    return f"{who} opted out on {suppression.since:%Y-%m-%d}"
