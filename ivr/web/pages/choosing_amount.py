"""Which amount a reader chose to pay: all that is due, the minimum, or one of their own."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fastapi.responses import Response

from ivr.accounts.account import Account
from ivr.engine.link_offer import Offer, PageAnswer
from ivr.engine.ports import LinkPayment
from ivr.money import Money
from ivr.web.pages.form import amount_in
from ivr.web.pages.menu import show_menu
from ivr.web.pages.turn import Turn
from ivr.web.pages.visit import new_visit


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be paid."""

    account: Account
    amount: Money
    due: Money
    """What the page said is due."""


def chosen_amount(turn: Turn, offer: Offer) -> Chosen | Response:
    """Return what the reader chose, or what is answered where that can't be paid."""
    account = turn.opened.account
    if account is None or turn.visit.due_minor is None:
        return turn.tell("settled")
    due = Money(turn.visit.due_minor, account.amount_due.currency)
    amount = _amount(turn, account, due)
    if amount is None:
        errors = {"pay_amount": turn.say("bad_amount")}
        values = {"which": turn.form.get("which", ""), "pay_amount": turn.form.get("amount", "")}
        return show_menu(turn, offer, opened=PageAnswer.PAY, errors=errors, values=values)
    return Chosen(account, amount, due)


def begun_payment(turn: Turn, chosen: Chosen, way: str) -> LinkPayment:
    """Return what is written down before it is paid: another amount or way on one page is another payment."""
    opened = turn.opened
    return LinkPayment(
        id=f"page/{turn.visit.id}/{chosen.amount.minor}{way}",
        message_id=opened.message.id,
        alert_id=opened.alert.id if opened.alert else None,
        words=turn.words.version,
        proof=turn.visit.proof,
        began_at=turn.now,
    )


def offer_again(turn: Turn, offer: Offer, word: str) -> Response:
    """Offer everything once more: what is chosen then is another payment."""
    fresh = replace(turn.visit, id=new_visit(turn.opened.link.id, turn.now).id)
    return show_menu(turn, offer, notice=turn.say(word), visit=fresh)


def _amount(turn: Turn, account: Account, due: Money) -> Money | None:
    """Return what is to be paid; None for more than is due, and for what is no amount."""
    match turn.form.get("which"):
        case "all":
            return due if due.minor > 0 else None
        case "minimum":
            return account.minimum_to_offer
    amount = amount_in(turn.form.get("amount", ""), due.currency)
    return amount if amount is not None and amount.minor <= due.minor else None
