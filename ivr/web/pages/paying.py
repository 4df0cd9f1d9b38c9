"""Paying on a page: with the saved method, or on the provider's own page. No card is ever typed in here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from fastapi.responses import Response

from ivr.accounts.account import Account
from ivr.engine.link_offer import Offer, PageAnswer
from ivr.engine.pay import NO_SUCH_METHOD, NOT_LIVE, UNREACHABLE, UNRESOLVED
from ivr.engine.pay_by_link import NOT_THEIRS, pay_by_link
from ivr.engine.ports import LinkPayment
from ivr.engine.reconcile_payments import NEVER_CONFIRMED
from ivr.flows.effects import Pay
from ivr.money import Money
from ivr.web.pages.form import amount_in
from ivr.web.pages.menu import show_menu
from ivr.web.pages.turn import Turn
from ivr.web.pages.visit import new_visit

_NOT_DECLINED: Mapping[str, str] = {
    NO_SUCH_METHOD: "pay_no_method",
    **dict.fromkeys((UNREACHABLE, NOT_LIVE, NOT_THEIRS, NEVER_CONFIRMED, "cancelled"), "pay_not_made"),
}
"""What is said where it was not the card that failed."""


async def pay_now(turn: Turn, offer: Offer) -> Response:
    """Charge what the reader chose, once however often the page is sent, and say what came of it."""
    opened, account, method = turn.opened, turn.opened.account, offer.method
    if account is None or turn.visit.due_minor is None:
        return turn.tell("settled")
    if method is None:
        is_due = account.amount_due.minor > 0
        return _again(turn, offer, "pay_no_method") if is_due else turn.tell("settled")
    due = Money(turn.visit.due_minor, account.amount_due.currency)
    amount = _amount(turn, account, due)
    if amount is None:
        errors, values = {"pay_amount": turn.say("bad_amount")}, _written(turn)
        return show_menu(turn, offer, opened=PageAnswer.PAY, errors=errors, values=values)
    begun = LinkPayment(
        # Another amount on the same page is another payment.
        id=f"page/{turn.visit.id}/{amount.minor}",
        message_id=opened.message.id,
        alert_id=opened.alert.id if opened.alert else None,
        words=turn.words.version,
        proof=turn.visit.proof,
        began_at=turn.now,
    )
    command = Pay(0, account.id, amount, method.id, due=due, by_link=True)
    world, contents = turn.desk.world, turn.desk.contents
    done = await pay_by_link(world, contents, method.customer_id, begun, command)
    reason = str(done.values.get("reason"))
    match done.result:
        case "success":
            return turn.tell("paid", brought={"amount": amount})
        case "requires_action":
            return turn.show("approve", go_to=done.values["link"])
        case "declined":
            return _again(turn, offer, _NOT_DECLINED.get(reason, "pay_declined"))
        case "provider_error" if reason == UNRESOLVED:
            return _again(turn, offer, "pay_busy")
        case "settled" if account.amount_due.minor > 0:
            return _again(turn, offer, "pay_changed")
        case "settled":
            return turn.tell("settled")
    return turn.tell("pay_unknown")


def _amount(turn: Turn, account: Account, due: Money) -> Money | None:
    """Return what is to be paid; None for more than is due, and for what is no amount."""
    match turn.form.get("which"):
        case "all":
            return due if due.minor > 0 else None
        case "minimum":
            return account.minimum_to_offer
    amount = amount_in(turn.form.get("amount", ""), due.currency)
    return amount if amount is not None and amount.minor <= due.minor else None


def _written(turn: Turn) -> dict[str, str]:
    return {"which": turn.form.get("which", ""), "pay_amount": turn.form.get("amount", "")}


def _again(turn: Turn, offer: Offer, word: str) -> Response:
    """Offer everything once more: what is chosen then is another payment."""
    fresh = replace(turn.visit, id=new_visit(turn.opened.link.id, turn.now).id)
    return show_menu(turn, offer, notice=turn.say(word), visit=fresh)
