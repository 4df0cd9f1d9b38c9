"""Somebody opens a link of a message. Opening settles nothing: programs that read mail open links, too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ivr.accounts.account import Account
from ivr.accounts.customer import Customer
from ivr.alerts.alert import Alert, AlertState
from ivr.engine.ports import Transaction
from ivr.messages.link import Link, LinkPurpose, token_hash
from ivr.messages.message import Message

OVER = frozenset({AlertState.SETTLED, AlertState.CLEARED})
"""Nothing about the matter is left to be answered. One whose plan or time ran out still can be."""


class LinkState(StrEnum):
    """Whether a link still does something."""

    OPEN = "open"
    EXPIRED = "expired"
    SETTLED = "settled"
    """The matter was answered, or there is nothing due any more."""


@dataclass(frozen=True, slots=True)
class OpenedLink:
    """A link, and what it is about. Who holds it has the customer's address, and is not known to be them."""

    state: LinkState
    link: Link
    message: Message
    customer: Customer | None
    account: Account | None
    alert: Alert | None
    """The one that the message was about; of a link that is passed on, the one for whoever gets it."""

    @property
    def is_for_third_party(self) -> bool:
        """Whether it is for somebody to whom a customer passed the matter on."""
        return self.link.purpose is LinkPurpose.FORWARD


def open_link(tx: Transaction, token: str, now: datetime) -> OpenedLink | None:
    """Return what a token leads to, and keep when it was opened first; None: there is no such link."""
    link = tx.messages.link(token_hash(token))
    message = tx.messages.get(link.message_id) if link else None
    if link is None or message is None:
        return None
    if link.opened_at is None:
        tx.messages.opened(link.id, now)
    alert = tx.alerts.get(link.alert_id) if link.alert_id else None
    customer_id = link.customer_id if alert is None else alert.customer_id
    account_id = link.account_id if alert is None else alert.account_id
    account = tx.customers.account(account_id) if account_id else None
    return OpenedLink(
        _state(link, alert, account, customer_id, now),
        link,
        message,
        tx.customers.customer(customer_id) if customer_id else None,
        account,
        alert,
    )


def _state(
    link: Link, alert: Alert | None, account: Account | None, customer_id: str | None, now: datetime
) -> LinkState:
    if now >= link.expires_at:
        return LinkState.EXPIRED
    is_anothers = account is not None and account.customer_id != customer_id
    if is_anothers and link.purpose is not LinkPurpose.FORWARD:
        return LinkState.EXPIRED  # its account changed hands: nothing of it is for them any more
    is_over = alert is not None and alert.state in OVER
    nothing_due = account is not None and account.amount_due.minor <= 0
    match link.purpose:
        case LinkPurpose.FORWARD:
            return LinkState.OPEN  # it was heard, perhaps; who heard it may still say something
        case LinkPurpose.AUTHORISE:
            return LinkState.SETTLED if nothing_due else LinkState.OPEN
        case LinkPurpose.PAY:
            return LinkState.SETTLED if is_over or nothing_due else LinkState.OPEN
        case LinkPurpose.ANSWER:
            return LinkState.SETTLED if is_over else LinkState.OPEN
