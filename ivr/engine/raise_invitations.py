"""Invite to pay those who asked for it, on their day: in writing at once, by telephone through a rule."""

from __future__ import annotations

import uuid
from datetime import date, datetime

import structlog

from ivr.accounts.account import Account
from ivr.accounts.account_event import AccountEvent, AccountEventKind
from ivr.accounts.contact_point import Medium
from ivr.engine.content import Content, Contents
from ivr.engine.invitation_topic import invitation_topic
from ivr.engine.link_offer import can_prove
from ivr.engine.message_variables import message_variables
from ivr.engine.ports import Transaction
from ivr.engine.queue_message import NewMessage, queue_message
from ivr.engine.world import World
from ivr.errors import FencedError, MessageError
from ivr.flows.on_the_line import Party
from ivr.payments.authorisation import month_after
from ivr.payments.invitation import Invitation

log = structlog.get_logger()

ALL = 1_000_000
MESSAGE = "payment-invitation"
"""The message of those who want it in writing."""


async def raise_invitations(world: World, contents: Contents) -> int:
    """Invite everybody whose day has come, once for each month; return how many were invited.

    Where nothing is due nobody is invited, nor where those who want it in writing have stopped that.
    While a hold rests on the account the day stays, and the invitation comes once it is over.
    """
    now = world.clock()
    today = now.astimezone(contents.live.time_zone).date()
    # All of them: those that wait for a hold to end must not keep the others from their turn.
    due = await world.store.read(lambda tx: tx.invitations.due(today, ALL))
    invited = 0
    for invitation in due:
        try:
            invited += await _invite(world, contents.live, invitation, today, now)
        except FencedError:
            raise
        except Exception:
            log.exception("a customer could not be invited to pay", invitation=invitation.id)
    return invited


async def _invite(world: World, content: Content, invitation: Invitation, today: date, now: datetime) -> bool:
    # Asked every minute for as long as a hold lasts: nothing is locked, or written, for that.
    if await world.store.read(lambda tx: _is_held(tx, invitation, now)):
        return False

    def work(tx: Transaction) -> bool:
        lasting = tx.invitations.of_account(invitation.account_id)
        if lasting is None or lasting.id != invitation.id or lasting.next_on > today:
            return False  # ended, or done by another engine
        account = tx.customers.account(lasting.account_id)
        if account is None or account.customer_id != lasting.customer_id:
            tx.invitations.end(lasting.account_id, "account_of_another_customer", now)
            return False
        if _is_held(tx, lasting, now):
            return False
        if account.amount_due.minor <= 0:
            tx.invitations.worked(lasting.id, _next_day(lasting, today), None)
            return False
        medium = _write(tx, content, world, lasting, account, now)
        if medium is None:
            tx.invitations.worked(lasting.id, _next_day(lasting, today), None)
            return False
        tx.account_events.add(_event(lasting, medium, today, now))
        tx.invitations.worked(lasting.id, _next_day(lasting, today), medium)
        return True

    return await world.store.write(work)


def _is_held(tx: Transaction, invitation: Invitation, now: datetime) -> bool:
    holds = tx.holds.of([invitation.customer_id])
    return any(hold.rests_on(invitation.account_id, now) for hold in holds)


def _next_day(invitation: Invitation, today: date) -> date:
    next_on = month_after(invitation.next_on)
    while next_on <= today:  # months that nobody was there for are not made up for one by one
        next_on = month_after(next_on)
    return next_on


def _write(
    tx: Transaction,
    content: Content,
    world: World,
    invitation: Invitation,
    account: Account,
    now: datetime,
) -> Medium | None:
    """Queue the message of who wants it in writing, and return the medium; voice where that can't be done.

    None where there are addresses and none may be used: whoever stopped them has not asked for calls.
    """
    methods = tx.customers.payment_methods(invitation.customer_id)
    # Behind the link is a page that wants a proof, and pays with what is on file or leads to the provider's.
    can_pay_there = (bool(methods) or world.hosted_pages is not None) and can_prove(
        tx, Party(invitation.customer_id, account.id)
    )
    if invitation.medium is Medium.VOICE or not can_pay_there:
        return Medium.VOICE
    customer = tx.customers.customer(invitation.customer_id)
    topic = invitation_topic(content, invitation.topic)
    try:
        new = NewMessage(
            id=uuid.uuid5(uuid.NAMESPACE_OID, f"message {_key(invitation)}").hex,
            medium=invitation.medium,
            template=MESSAGE,
            language=customer.language if customer else "",
            variables=message_variables(
                tx, content, invitation.customer_id, account.id, None, topic, methods, now
            ),
            customer_id=invitation.customer_id,
            account_id=account.id,
            topic=topic,
        )
        message = queue_message(tx, content, world.messaging, new, now)
    except MessageError as error:
        log.error("an invitation can't be written", invitation=invitation.id, error=str(error))  # noqa: TRY400
        return Medium.VOICE
    if message is not None:
        return invitation.medium
    points = tx.customers.contact_points(invitation.customer_id)
    if all(point.medium is not invitation.medium for point in points):
        return Medium.VOICE
    log.warning(
        "nobody is invited this month: no address may be used",
        invitation=invitation.id,
        medium=invitation.medium.value,
    )
    return None


def _key(invitation: Invitation) -> str:
    return f"payment_invitation/{invitation.account_id}/{invitation.next_on:%Y-%m}"


def _event(invitation: Invitation, medium: Medium, today: date, now: datetime) -> AccountEvent:
    return AccountEvent(
        key=_key(invitation),
        kind=AccountEventKind.PAYMENT_INVITATION,
        account_id=invitation.account_id,
        at=now,
        on=today,
        payload={"invitation": invitation.id, "medium": medium.value},
    )
