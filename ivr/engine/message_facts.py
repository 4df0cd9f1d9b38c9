"""Read what the stages look at before a message is sent."""

from __future__ import annotations

from collections.abc import Sequence

from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.calling_hours import CallingHours, parse_windows
from ivr.engine.content import Content
from ivr.engine.messaging import Messaging
from ivr.engine.ports import Transaction
from ivr.messages.eligibility import MessageFacts
from ivr.messages.message import Message
from ivr.phone_number import PhoneNumber, time_zones_of

DAYTIME = CallingHours(
    name="daytime", title="the day, 8 a.m. to 9 p.m.", days={"every_day": parse_windows("08:00-21:00")}
)
"""When a text message comes that belongs to no rule and that nobody asked for just now."""

_BY_NUMBER = (Medium.VOICE, Medium.SMS)


def message_facts(tx: Transaction, content: Content, messaging: Messaging, message: Message) -> MessageFacts:
    """Return the facts of one message as they are now."""
    points = tx.customers.contact_points(message.customer_id) if message.customer_id else ()
    return MessageFacts(
        message=message,
        contact_point=next((each for each in points if each.id == message.contact_point_id), None),
        suppressions=tx.customers.suppressions(message.customer_id, message.address),
        hours=_hours(tx, content, message),
        zones=_zones(tx, message, points),
        is_allowed=messaging.allows(message.address, is_live=tx.controls.is_live()),
        is_stopped=tx.controls.is_stopped(),
        holds=tx.holds.of([message.customer_id]) if message.customer_id else (),
    )


def _hours(tx: Transaction, content: Content, message: Message) -> CallingHours | None:
    if message.alert_id is None:
        return DAYTIME if message.medium is Medium.SMS else None
    rule = content.book.rules.get(tx.alerts.get(message.alert_id).rule)
    return None if rule is None else content.book.hours_of(rule)


def _zones(tx: Transaction, message: Message, points: Sequence[ContactPoint]) -> Sequence[str]:
    """Return the zone of the customer's address with those of the number; of an e-mail, of all numbers."""
    customer = tx.customers.customer(message.customer_id) if message.customer_id else None
    by_address = [customer.time_zone] if customer and customer.time_zone else []
    if message.medium in _BY_NUMBER:
        numbers = [message.address]
    else:
        numbers = [] if by_address else [each.address for each in points if each.medium in _BY_NUMBER]
    by_number = [zone for number in numbers for zone in time_zones_of(PhoneNumber(number))]
    return tuple(dict.fromkeys([*by_address, *by_number]))
