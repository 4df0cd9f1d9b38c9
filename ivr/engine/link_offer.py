"""What the page behind a link offers: what the rule's own flow can be answered, to whom it may be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ivr.accounts.payment_method import PaymentMethod
from ivr.engine.check_factor import known_factors
from ivr.engine.content import Company, Content
from ivr.engine.open_link import OpenedLink
from ivr.engine.ports import Transaction
from ivr.engine.session_variables import (
    account_variables,
    alert_variables,
    company_variables,
    payment_variables,
    promise_variables,
)
from ivr.flows.account_details import DETAILS_TIER
from ivr.flows.compliance import factor_order
from ivr.flows.factor import Factor
from ivr.flows.factor_digits import factors_held
from ivr.flows.flow import Flow
from ivr.flows.graph import flows_within
from ivr.flows.on_the_line import Party
from ivr.flows.responses_of import responses_of
from ivr.messages.link import LinkPurpose
from ivr.outcomes.response import Response
from ivr.prompts.content_tier import ContentTier
from ivr.rules.promise_terms import PromiseTerms


class PageAnswer(StrEnum):
    """What can be answered on a page, in the order in which it is offered."""

    PAY = "pay"
    PROMISE = "promise"
    CONFIRM = "confirm"
    RESCHEDULE = "reschedule"
    CANCEL = "cancel"
    PROBLEM = "problem"
    ALREADY_PAID = "already_paid"
    LATER = "later"
    DISPUTE = "dispute"


MEANT: Mapping[PageAnswer, Response] = {
    PageAnswer.PAY: Response.PAID,
    PageAnswer.PROMISE: Response.PROMISED,
    PageAnswer.CONFIRM: Response.CONFIRMED,
    PageAnswer.RESCHEDULE: Response.RESCHEDULED,
    PageAnswer.CANCEL: Response.CANCELLED,
    PageAnswer.PROBLEM: Response.PROBLEM_REPORTED,
    PageAnswer.ALREADY_PAID: Response.ALREADY_PAID,
    PageAnswer.LATER: Response.CALL_LATER,
    PageAnswer.DISPUTE: Response.DISPUTED,
}
"""What each means for the matter, as a key does."""

_OF_SOMETHING_DUE = frozenset({PageAnswer.PAY, PageAnswer.PROMISE})


@dataclass(frozen=True, slots=True)
class Offer:
    """What a page may show and take."""

    answers: tuple[PageAnswer, ...]
    asks_for_payment: bool
    """Whether the matter is one to pay at all, though nothing may be due, or to pay with, now."""
    needs: ContentTier
    """How sure of the reader it must be before anything is told of the matter."""
    factor: Factor | None
    """By what the customer can prove to be them here; None: by nothing."""
    method: PaymentMethod | None
    """What `pay` charges once the customer has proved to be them."""
    takes_cards: bool
    """Whether `pay` leads to a page of the provider's, where anybody's card can be typed in."""
    terms: PromiseTerms
    today: date
    details: Mapping[str, object]
    """What the words for who may know it can speak of."""

    @property
    def has_saved(self) -> bool:
        """Whether there is a method on file that the customer can prove to be theirs."""
        return self.method is not None and self.factor is not None


def open_variables(content: Content, opened: OpenedLink, now: datetime) -> Mapping[str, object]:
    """Return what the words for anyone can speak of."""
    name = opened.customer.name if opened.customer else ""
    today = now.astimezone(content.time_zone).date()
    return {**company_variables(company_of_link(content, opened), today), "customer": {"name": name}}


def company_of_link(content: Content, opened: OpenedLink) -> Company:
    """Return who writes, with the number that the matter's rule asks to be called."""
    return content.company_for(None if opened.alert is None else opened.alert.rule)


def party_of_link(opened: OpenedLink) -> Party | None:
    """Return the customer whom a link is for; None where it is for nobody we know."""
    if opened.customer is None:
        return None
    account_id = opened.account.id if opened.account else None
    alert_id, topic = (opened.alert.id, opened.alert.topic) if opened.alert else (None, None)
    return Party(opened.customer.id, account_id, alert_id, topic)


def offer_of(
    tx: Transaction, content: Content, opened: OpenedLink, now: datetime, *, takes_cards: bool
) -> Offer:
    """Return what the page of a customer's link offers now."""
    today, party = now.astimezone(content.time_zone).date(), party_of_link(opened)
    flows = _flows(content, opened)
    order = _order(content, flows)
    factor = None if party is None else _proof(tx, party, order)
    methods = () if party is None else tx.customers.payment_methods(party.customer_id)
    rule = content.book.rules.get(opened.alert.rule) if opened.alert else None
    terms = PromiseTerms() if rule is None else rule.promise
    can_pay = takes_cards or (bool(methods) and factor is not None)
    meant = _meant(content, opened, flows)
    return Offer(
        answers=_answers(opened, meant, can_pay=can_pay),
        asks_for_payment=Response.PAID in meant,
        needs=_needs(content, flows),
        factor=factor,
        method=methods[0] if methods else None,
        takes_cards=takes_cards,
        terms=terms,
        today=today,
        details=_details(content, opened, methods, terms, today),
    )


def can_prove(tx: Transaction, party: Party) -> bool:
    """Return whether the page of a link about no alert, which wants a proof, can be used by its customer."""
    return _proof(tx, party, factor_order(None)) is not None


def _proof(tx: Transaction, party: Party, order: Sequence[Factor]) -> Factor | None:
    """Return by what the customer can prove to be them on a page; None: by nothing."""
    held = factors_held(known_factors(party, tx), order)
    # A reference is printed in letters and messages: who has the link may have read it there.
    return next((each for each in held if each is not Factor.REFERENCE), None)


def _flows(content: Content, opened: OpenedLink) -> Sequence[Flow]:
    """Return the flows that talk to the customer about the matter by telephone."""
    rule = content.book.rules.get(opened.alert.rule) if opened.alert else None
    steps = () if rule is None else rule.plan
    return [content.flows[step.flow] for step in steps if step.flow in content.flows]


def _meant(content: Content, opened: OpenedLink, flows: Sequence[Flow]) -> frozenset[Response]:
    """Return what the flows, and the link, let the customer say about the matter."""
    within = {each.name: each for flow in flows for each in flows_within(flow, content.flows)}
    meant = frozenset[Response]().union(*(responses_of(flow) for flow in within.values()))
    if opened.link.purpose is LinkPurpose.PAY:
        meant |= {Response.PAID}
    if meant & {Response.CALLBACK_REQUESTED}:
        meant |= {Response.CALL_LATER}
    return meant


def _answers(opened: OpenedLink, meant: frozenset[Response], *, can_pay: bool) -> tuple[PageAnswer, ...]:
    is_due = opened.account is not None and opened.account.amount_due.minor > 0
    offered = [answer for answer in PageAnswer if MEANT[answer] in meant]
    if not is_due:
        offered = [answer for answer in offered if answer not in _OF_SOMETHING_DUE]
    if opened.alert is None:
        offered = [answer for answer in offered if answer is PageAnswer.PAY]
    return tuple(answer for answer in offered if can_pay or answer is not PageAnswer.PAY)


def _needs(content: Content, flows: Sequence[Flow]) -> ContentTier:
    """Return the highest tier that a profile of the flows wants; where nobody knows, a proof is needed."""
    if not flows:
        return ContentTier.VERIFIED
    profiles = (content.profiles.get(flow.profile or "") for flow in flows)
    wanted = [profile.details_need.tier for profile in profiles if profile and profile.details_need]
    return max(DETAILS_TIER, *wanted) if wanted else DETAILS_TIER


def _order(content: Content, flows: Sequence[Flow]) -> tuple[Factor, ...]:
    """Return the factors that the profiles of all flows take, the preferred one first."""
    orders = [factor_order(content.profiles.get(flow.profile or "")) for flow in flows]
    first = orders[0] if orders else factor_order(None)
    return tuple(factor for factor in first if all(factor in order for order in orders))


def _details(
    content: Content,
    opened: OpenedLink,
    methods: Sequence[PaymentMethod],
    terms: PromiseTerms,
    today: date,
) -> Mapping[str, object]:
    if opened.customer is None or opened.account is None:
        return {}
    alert = {"reference": None} if opened.alert is None else alert_variables(opened.alert)
    return {
        **account_variables(company_of_link(content, opened), opened.customer, opened.account, today),
        **payment_variables(methods),
        **promise_variables(terms, opened.account, today),
        "alert": alert,
    }
