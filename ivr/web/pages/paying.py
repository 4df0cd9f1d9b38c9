"""Paying on a page with the saved method. No card is ever typed in here."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi.responses import Response

from ivr.engine.link_offer import Offer
from ivr.engine.open_intent import NOT_LIVE, UNREACHABLE, UNRESOLVED
from ivr.engine.pay import NO_SUCH_METHOD
from ivr.engine.pay_by_link import NOT_THEIRS, pay_by_link
from ivr.engine.reconcile_payments import NEVER_CONFIRMED
from ivr.flows.effects import Pay
from ivr.web.pages.choosing_amount import begun_payment, chosen_amount, offer_again
from ivr.web.pages.turn import Turn

_NOT_DECLINED: Mapping[str, str] = {
    NO_SUCH_METHOD: "pay_no_method",
    **dict.fromkeys((UNREACHABLE, NOT_LIVE, NOT_THEIRS, NEVER_CONFIRMED, "cancelled"), "pay_not_made"),
}
"""What is said where it was not the card that failed."""


async def pay_now(turn: Turn, offer: Offer) -> Response:
    """Charge what the reader chose, once however often the page is sent, and say what came of it."""
    account, method = turn.opened.account, offer.method
    if method is None:
        is_due = account is not None and account.amount_due.minor > 0
        return offer_again(turn, offer, "pay_no_method") if is_due else turn.tell("settled")
    chosen = chosen_amount(turn, offer)
    if isinstance(chosen, Response):
        return chosen
    account, due = chosen.account, chosen.due
    command = Pay(0, account.id, chosen.amount, method.id, due=due, by_link=True)
    world, contents = turn.desk.world, turn.desk.contents
    begun = begun_payment(turn, chosen, "")
    done = await pay_by_link(world, contents, method.customer_id, begun, command)
    reason = str(done.values.get("reason"))
    match done.result:
        case "success":
            return turn.tell("paid", brought={"amount": chosen.amount})
        case "requires_action":
            return turn.show("approve", go_to=done.values["link"])
        case "declined":
            return offer_again(turn, offer, _NOT_DECLINED.get(reason, "pay_declined"))
        case "provider_error" if reason == UNRESOLVED:
            return offer_again(turn, offer, "pay_busy")
        case "settled" if account.amount_due.minor > 0:
            return offer_again(turn, offer, "pay_changed")
        case "settled":
            return turn.tell("settled")
    return turn.tell("pay_unknown")
