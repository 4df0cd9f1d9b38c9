"""By which media a customer can be sent a link now."""

from __future__ import annotations

from ivr.accounts.contact_point import Medium
from ivr.engine.messaging import Messaging
from ivr.engine.ports import Transaction


def contact_media(tx: Transaction, messaging: Messaging, customer_id: str) -> frozenset[Medium]:
    """Return the media on which the customer has an address that may be used, and that somebody delivers."""
    if messaging.link_base is None or not messaging.messengers:
        return frozenset()
    is_live = tx.controls.is_live()
    return frozenset(
        point.medium
        for point in tx.customers.contact_points(customer_id)
        if point.usable
        and point.medium in messaging.messengers
        and messaging.allows(point.address, is_live=is_live)
    )
