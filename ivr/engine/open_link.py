"""Somebody opens a link of a message: what the page shows. The page itself is the web side's."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from ivr.engine.content import Content
from ivr.engine.ports import Transaction
from ivr.messages.link import LinkPurpose, token_hash
from ivr.money import Money


class LinkState(StrEnum):
    """Whether a link still does something."""

    OPEN = "open"
    EXPIRED = "expired"
    SETTLED = "settled"
    """There is nothing due any more."""
    UNKNOWN = "unknown"
    """There is no such link: all that may be said is that."""


@dataclass(frozen=True, slots=True)
class LinkPage:
    """What to show to whoever holds a link: who sends it, and no more of the account than its message had."""

    state: LinkState
    company: str
    phone: str
    language: str
    purpose: LinkPurpose | None = None
    go_to: str | None = field(default=None, repr=False)
    """The payment provider's page, which to send the browser on to; None: a page of ours."""
    amount_due: Money | None = None
    """What is due now; only on a link to pay that is open."""
    link_id: str | None = None
    alert_id: str | None = None


def open_link(tx: Transaction, content: Content, token: str, language: str, now: datetime) -> LinkPage:
    """Return the page of a token, and keep when it was opened first. Opening settles nothing."""
    company = content.company
    link = tx.messages.link(token_hash(token))
    message = tx.messages.get(link.message_id) if link else None
    if link is None or message is None:
        return LinkPage(LinkState.UNKNOWN, company.name, company.phone, language)
    if now >= link.expires_at:
        return LinkPage(LinkState.EXPIRED, company.name, company.phone, message.language, link.purpose)
    tx.messages.opened(link.id, now)
    is_to_pay = link.purpose is LinkPurpose.PAY
    account = tx.customers.account(link.account_id) if link.account_id and is_to_pay else None
    due = account.amount_due if account else None
    is_settled = due is not None and due.minor <= 0
    return LinkPage(
        state=LinkState.SETTLED if is_settled else LinkState.OPEN,
        company=company.name,
        phone=company.phone,
        language=message.language,
        purpose=link.purpose,
        go_to=None if is_settled else link.page,
        amount_due=None if is_settled else due,
        link_id=link.id,
        alert_id=link.alert_id,
    )
