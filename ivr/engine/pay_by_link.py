"""Charge a saved method from the page behind a link, and keep what came of it as the answer that it is.

That somebody pays is on disk before the payment begins. What the provider had not said when the page was
answered, or when the engine died, is asked for again by a job, which keeps the answer then.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial

import structlog

from ivr.engine.answer_link import LinkAnswer, answer_link
from ivr.engine.content import Contents
from ivr.engine.open_intent import AMOUNT_CHANGED, NOT_LIVE, Origin
from ivr.engine.pay import intent_id_of, pay
from ivr.engine.ports import LinkPayment, Transaction
from ivr.engine.reconcile_payments import IN_FLIGHT
from ivr.engine.world import World
from ivr.errors import AnswerbackError, FencedError
from ivr.flows.effects import Pay
from ivr.flows.events import EffectDone
from ivr.flows.factor import Factor
from ivr.outcomes.response import Response
from ivr.payments.intent import IntentState, PaymentIntent

log = structlog.get_logger()

NOT_THEIRS = "not_their_account"
"""The reason of an intent that was declined by us: the account is another customer's by now."""


async def pay_by_link(
    world: World, contents: Contents, customer_id: str, begun: LinkPayment, command: Pay
) -> EffectDone:
    """Carry out a payment that was asked for on a page; its results are those of `Pay`.

    The same page again is the same payment, however often it is sent.
    """
    begun = begun.of_intent(intent_id_of(begun.id, command))
    await world.store.write(lambda tx: tx.link_payments.begin(begun))
    origin, objection = Origin(alert_id=begun.alert_id), partial(not_theirs, customer_id, command.account_id)
    done = await pay(world, contents, begun.id, customer_id, command, objection, origin)
    await keep_link_payment(world, contents, begun, has_tried=True)
    return done


def not_theirs(customer_id: str, account_id: str, tx: Transaction) -> str | None:
    """Return NOT_THEIRS where the account is another customer's by now."""
    account = tx.customers.account(account_id)
    return None if account is not None and account.customer_id == customer_id else NOT_THEIRS


async def finish_link_payments(world: World, contents: Contents) -> int:
    """Keep the answers of payments that have come to an end since; return how many did."""
    ended = 0
    for begun in await world.store.read(lambda tx: tx.link_payments.unfinished()):
        try:
            ended += await keep_link_payment(world, contents, begun)
        except FencedError:
            raise
        except (AnswerbackError, LookupError, ValueError):
            # One that can't be kept must not keep the others from it.
            log.exception("a payment on a page can't be kept", payment=begun.id)
    return ended


async def keep_link_payment(
    world: World, contents: Contents, begun: LinkPayment, *, has_tried: bool = False
) -> bool:
    """Keep what became of a payment as an answer, once; False while nobody knows.

    `has_tried`: by whoever has just tried to make it, so that nothing is under way any more.
    """
    work = partial(_keep, world=world, contents=contents, begun=begun, now=world.clock(), has_tried=has_tried)
    return await world.store.write(work)


def _keep(
    tx: Transaction,
    *,
    world: World,
    contents: Contents,
    begun: LinkPayment,
    now: datetime,
    has_tried: bool,
) -> bool:
    """Keep what became of a payment, once; False while nobody knows."""
    intent = tx.payments.get(begun.intent_id)
    may_come = intent is None and not has_tried and now - begun.began_at < IN_FLIGHT
    if may_come or (intent is not None and intent.state.is_open):
        return False
    # Who has tried keeps it even where the sweep was faster: the answer's own id makes it one answer.
    if not tx.link_payments.finish(begun.id, now) and not has_tried:
        return False
    message = tx.messages.get(begun.message_id)
    response = None if intent is None else _meant(intent)
    if message is not None and begun.alert_id is not None and response is not None:
        answer = LinkAnswer(
            id=begun.id,
            message=message,
            alert_id=begun.alert_id,
            response=response,
            words=begun.words,
            began_at=begun.began_at,
            proof=None if begun.proof is None else Factor(begun.proof),
        )
        answer_link(tx, world, contents, answer, now)
    return True


def _meant(intent: PaymentIntent) -> Response | None:
    """Return what a payment that is over means.

    Nothing where we did not begin it, where we withdrew it, nor where nobody paid on the provider's page: no
    card was declined.
    """
    if intent.state is IntentState.SUCCEEDED:
        return Response.PAID
    is_no_answer = intent.is_hosted or intent.reason in (AMOUNT_CHANGED, NOT_LIVE, NOT_THEIRS)
    is_declined = intent.state is IntentState.DECLINED and not is_no_answer
    return Response.PAYMENT_DECLINED if is_declined else None
