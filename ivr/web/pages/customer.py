"""What a customer does on the page behind their link."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

from fastapi.responses import Response

from ivr.engine.check_factor import check_factor
from ivr.engine.link_offer import Offer, PageAnswer, party_of_link
from ivr.engine.open_link import LinkState
from ivr.flows.effects import CheckFactor
from ivr.flows.factor import Factor
from ivr.messages.link import LinkPurpose
from ivr.outcomes.promised import Promised, objection
from ivr.outcomes.response import Response as Meant
from ivr.prompts.content_tier import ContentTier
from ivr.web.pages.form import amount_in, day_in, digits_in, remark_in
from ivr.web.pages.later import call_later
from ivr.web.pages.menu import show_menu
from ivr.web.pages.paying import pay_now
from ivr.web.pages.paying_by_card import pay_by_card
from ivr.web.pages.turn import Turn

_FARTHEST = timedelta(days=365)
"""How far away a day may be that somebody chooses."""
_HOW = frozenset({"card", "transfer", "check"})


def first_page(turn: Turn, notice: str | None = None) -> Response:
    """Return what whoever opens a link sees: who writes, and whom it is for."""
    if turn.opened.state is LinkState.SETTLED:
        return turn.tell("settled")
    if turn.opened.link.page is not None:
        return turn.show("approve", go_to=turn.opened.link.page)
    return turn.show("identify", notice=notice)


async def answered(turn: Turn, offer: Offer) -> Response:
    """Do what the reader chose, as far as they may."""
    what = turn.form.get("do", "")
    match what:
        case "me":
            return _known(turn, offer)
        case "prove":
            return await _prove(turn, offer)
        case "not_me":
            return await _settled(turn, Meant.WRONG_PERSON, {}, "not_me_done")
        case "stop":
            return await _leave_alone(turn)
        case _ if turn.may_know and what in _ANSWERS:
            return await _answer(turn, offer, PageAnswer(what))
    return first_page(turn, turn.say("stale"))


async def _answer(turn: Turn, offer: Offer, what: PageAnswer) -> Response:
    # What was paid in full is not offered any more; the same page sent again still says that it was.
    is_paying = what is PageAnswer.PAY and offer.asks_for_payment
    if what not in offer.answers and not is_paying:
        return first_page(turn, turn.say("stale"))
    return await _ANSWERS[what](turn, offer)


def _known(turn: Turn, offer: Offer) -> Response:
    """Go on with somebody who says to be the customer: a word, no proof."""
    if turn.opened.state is LinkState.SETTLED:
        return turn.tell("settled")
    if turn.visit.tier >= ContentTier.CONFIRMED:
        visit = turn.visit
    else:
        visit = turn.visit.knowing(ContentTier.CONFIRMED)
    if visit.tier < offer.needs:
        return ask_for_proof(turn, offer)
    return _menu_of(turn, offer, visit.tier, visit.proof)


def _menu_of(turn: Turn, offer: Offer, tier: ContentTier, proof: Factor | None, opened: str = "") -> Response:
    """Return the menu for a reader of whom we have just become surer."""
    visit = turn.visit.knowing(tier, proof)
    can_pay_here = offer.takes_cards or tier >= ContentTier.VERIFIED
    if not opened and turn.opened.link.purpose is LinkPurpose.PAY and can_pay_here:
        opened = PageAnswer.PAY
    return show_menu(replace(turn, visit=visit), offer, opened=opened)


def ask_for_proof(turn: Turn, offer: Offer, then: str = "", error: str | None = None) -> Response:
    """Ask for what only the customer knows; where we know nothing like that, say so."""
    if offer.factor is None:
        return turn.tell("prove_unavailable", HTTPStatus.FORBIDDEN)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return turn.show("prove", status, factor=offer.factor.value, then=then, error=error)


async def _prove(turn: Turn, offer: Offer) -> Response:
    party, factor, then = party_of_link(turn.opened), offer.factor, turn.form.get("then", "")
    if party is None or factor is None:
        return turn.tell("prove_unavailable", HTTPStatus.FORBIDDEN)
    command, keyed = CheckFactor(0, factor, "answer"), digits_in(turn.form.get("answer", ""))
    checked = await check_factor(turn.desk.world, party, command, keyed, turn.words.language)
    match checked.result:
        case "match":
            return _menu_of(turn, offer, ContentTier.VERIFIED, factor, then)
        case "no_match":
            return ask_for_proof(turn, offer, then, turn.say("prove_wrong"))
        case "locked":
            return turn.tell("prove_locked", HTTPStatus.FORBIDDEN)
    return turn.tell("prove_unavailable", HTTPStatus.FORBIDDEN)


async def _leave_alone(turn: Turn) -> Response:
    if turn.form.get("what") == "all":
        return await _settled(turn, Meant.STOP_CONTACT, {"everything": True}, "stopped_all")
    return await _settled(turn, Meant.OPTED_OUT, {"everything": False}, "stopped_topic")


async def _pay(turn: Turn, offer: Offer) -> Response:
    customer, pages = turn.opened.customer, turn.desk.world.hosted_pages
    if turn.form.get("by") == "card" and customer is not None and pages is not None:
        return await pay_by_card(turn, offer, customer, pages)
    if turn.visit.tier < ContentTier.VERIFIED:
        return ask_for_proof(turn, offer, PageAnswer.PAY)
    return await pay_now(turn, offer)


async def _promise(turn: Turn, offer: Offer) -> Response:
    account = turn.opened.account
    if account is None or account.amount_due.minor <= 0:
        return turn.tell("settled")
    due, limits = account.amount_due, offer.terms.limits(account.amount_due)
    amount, day = amount_in(turn.form.get("amount", ""), due.currency), day_in(turn.form.get("day", ""))
    errors = {}
    if amount is None or objection(
        Promised(amount_minor=amount.minor, currency=amount.currency), limits, due, offer.today
    ):
        errors["promise_amount"] = turn.say("bad_amount")
    if day is None or objection(Promised(on=day), limits, due, offer.today):
        errors["promise_day"] = turn.say("bad_day")
    if errors or amount is None or day is None:
        written = {"promise_amount": turn.form.get("amount", ""), "promise_day": turn.form.get("day", "")}
        return show_menu(turn, offer, opened=PageAnswer.PROMISE, errors=errors, values=written)
    details = {"amount_minor": amount.minor, "currency": amount.currency, "on": day.isoformat()}
    return await _settled(turn, Meant.PROMISED, details, "promised", {"amount": amount, "day": day})


async def _already_paid(turn: Turn, offer: Offer) -> Response:
    written, how = turn.form.get("day", ""), turn.form.get("how", "")
    day = day_in(written)
    if written and (day is None or not offer.today - _FARTHEST <= day <= offer.today):
        errors = {"paid_day": turn.say("bad_day")}
        return show_menu(
            turn, offer, opened=PageAnswer.ALREADY_PAID, errors=errors, values={"paid_day": written}
        )
    details: dict[str, object] = {"method": how} if how in _HOW else {}
    if day is not None:
        details["paid_on"] = day.isoformat()
    return await _settled(turn, Meant.ALREADY_PAID, details, "already_paid_done")


async def _dispute(turn: Turn, _offer: Offer) -> Response:
    return await _settled(turn, Meant.DISPUTED, {}, "disputed")


async def _confirm(turn: Turn, _offer: Offer) -> Response:
    return await _settled(turn, Meant.CONFIRMED, {}, "confirmed")


async def _cancel(turn: Turn, _offer: Offer) -> Response:
    return await _settled(turn, Meant.CANCELLED, {}, "cancelled")


async def _reschedule(turn: Turn, offer: Offer) -> Response:
    written = turn.form.get("day", "")
    day = day_in(written)
    if day is None or not offer.today <= day <= offer.today + _FARTHEST:
        errors = {"new_day": turn.say("bad_day")}
        return show_menu(
            turn, offer, opened=PageAnswer.RESCHEDULE, errors=errors, values={"new_day": written}
        )
    return await _settled(turn, Meant.RESCHEDULED, {"on": day.isoformat()}, "rescheduled", {"day": day})


async def _problem(turn: Turn, offer: Offer) -> Response:
    remark = remark_in(turn.form.get("remark", ""))
    if remark is None:
        errors, values = {"remark": turn.say("bad_remark")}, {"remark": turn.form.get("remark", "")}
        return show_menu(turn, offer, opened=PageAnswer.PROBLEM, errors=errors, values=values)
    return await _settled(turn, Meant.PROBLEM_REPORTED, {"remark": remark}, "problem_done")


async def _settled(
    turn: Turn,
    meant: Meant,
    details: Mapping[str, object],
    word: str,
    brought: Mapping[str, object] | None = None,
) -> Response:
    """Keep an answer and thank for it; whoever comes too late is told so."""
    is_kept = await turn.keep(meant, details)
    return turn.tell(word, brought=brought or {}) if is_kept else turn.tell("settled")


_ANSWERS: Mapping[PageAnswer, Callable[[Turn, Offer], Awaitable[Response]]] = {
    PageAnswer.PAY: _pay,
    PageAnswer.PROMISE: _promise,
    PageAnswer.CONFIRM: _confirm,
    PageAnswer.RESCHEDULE: _reschedule,
    PageAnswer.CANCEL: _cancel,
    PageAnswer.PROBLEM: _problem,
    PageAnswer.ALREADY_PAID: _already_paid,
    PageAnswer.LATER: call_later,
    PageAnswer.DISPUTE: _dispute,
}
