"""Paying with a card that is typed in on the provider's page: the reader is sent there, and comes back."""

from __future__ import annotations

from http import HTTPStatus

from fastapi.responses import RedirectResponse, Response

from ivr.accounts.customer import Customer
from ivr.engine.link_offer import Offer
from ivr.engine.open_intent import AMOUNT_CHANGED, UNRESOLVED
from ivr.engine.pay_on_hosted_page import HostedPayment, pay_on_hosted_page
from ivr.payments.gateway import HostedPages
from ivr.payments.intent import IntentState
from ivr.web.pages.choosing_amount import begun_payment, chosen_amount, offer_again
from ivr.web.pages.render import HEADERS
from ivr.web.pages.turn import Turn


async def pay_by_card(turn: Turn, offer: Offer, customer: Customer, pages: HostedPages) -> Response:
    """Send the reader to the provider's page for what they chose: the same page of ours to the same one."""
    chosen = chosen_amount(turn, offer)
    if isinstance(chosen, Response):
        return chosen
    wanted = HostedPayment(
        customer_id=customer.id,
        account_id=chosen.account.id,
        amount=chosen.amount,
        due=chosen.due,
        title=turn.say("pay_title"),
        language=turn.words.language,
    )
    world, contents = turn.desk.world, turn.desk.contents
    begun = begun_payment(turn, chosen, "/card")
    result = await pay_on_hosted_page(world, contents, pages, begun, wanted)
    match result.state:
        case IntentState.REQUIRES_ACTION if result.link is not None:
            return RedirectResponse(result.link, HTTPStatus.SEE_OTHER, dict(HEADERS))
        case IntentState.SUCCEEDED:
            return turn.tell("paid", brought={"amount": chosen.amount})
        case IntentState.DECLINED if result.reason == AMOUNT_CHANGED and chosen.account.amount_due.minor <= 0:
            return turn.tell("settled")
        case IntentState.DECLINED | IntentState.CANCELLED:
            is_changed = result.reason == AMOUNT_CHANGED
            return offer_again(turn, offer, "pay_changed" if is_changed else "pay_not_made")
        case IntentState.UNKNOWN if result.reason == UNRESOLVED:
            return offer_again(turn, offer, "pay_busy")
    return turn.tell("pay_unknown")
