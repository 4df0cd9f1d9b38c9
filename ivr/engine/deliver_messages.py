"""Hand over the messages that are due, each once, and ask what became of those that nobody knows of.

A message is `sending` on disk before anybody is given it. What is found so later was interrupted: whoever
delivers is asked by its id, and where nobody can be asked it is `unknown`, reported, and never sent again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from ivr.attempts.eligibility.decision import Verdict
from ivr.engine.content import Contents
from ivr.engine.message_facts import message_facts
from ivr.engine.messaging import Messenger, Outgoing
from ivr.engine.ports import Transaction
from ivr.engine.world import World
from ivr.errors import FencedError
from ivr.messages.eligibility import objection
from ivr.messages.link import LINK_MARK, link_address, new_token, token_hash
from ivr.messages.message import Handover, HandoverResult, Message, MessageState

log = structlog.get_logger()

AT_A_TIME = 20
_FIRST_RETRY = timedelta(seconds=5)
_LONGEST_RETRY = timedelta(minutes=30)
_FIRST_REPORT = timedelta(seconds=30)
_REPORTS_FOR = timedelta(days=1)
"""So long it is asked whether a message was delivered."""


def retry_after(tries: int) -> timedelta:
    """Return how long to wait after the `tries`-th try: doubling from 5 s, at most half an hour."""
    return min(_FIRST_RETRY * (1 << min(max(tries, 1) - 1, 16)), _LONGEST_RETRY)


async def deliver_messages(world: World, contents: Contents) -> int:
    """Work through what is due now; return how many were handed over."""
    await _each(world, MessageState.SENDING, lambda message: _ask(world, message))
    await _each(world, MessageState.SENT, lambda message: _report(world, message))
    return await _each(world, MessageState.QUEUED, lambda message: _send(world, contents, message))


async def _each(world: World, state: MessageState, work: Callable[[Message], Awaitable[bool]]) -> int:
    """Do `work` with what is due in a state; what breaks with one message is no matter of the others."""
    due = await world.store.read(lambda tx: tx.messages.due(state, world.clock(), AT_A_TIME))
    results = await asyncio.gather(*(work(message) for message in due), return_exceptions=True)
    for message, result in zip(due, results, strict=True):
        if isinstance(result, FencedError) or (
            isinstance(result, BaseException) and not isinstance(result, Exception)
        ):
            raise result
        if isinstance(result, Exception):
            log.error("a message broke down", message=message.id, exc_info=result)
    return sum(result is True for result in results)


async def _send(world: World, contents: Contents, message: Message) -> bool:
    token = new_token() if message.link_id else None
    if not await world.store.write(lambda tx: _begin(tx, world, contents, message, token)):
        return False
    base = world.messaging.link_base or ""
    body = message.body if token is None else message.body.replace(LINK_MARK, link_address(base, token))
    outgoing = Outgoing(message.id, message.address, message.language, message.subject, body)
    messenger = world.messaging.messengers[message.medium]
    handover = await messenger.hand_over(outgoing)
    await _keep(world, messenger, message, handover, message.tries + 1)
    return handover.result in (HandoverResult.SENT, HandoverResult.DELIVERED)


def _begin(tx: Transaction, world: World, contents: Contents, message: Message, token: str | None) -> bool:
    """Judge it once more and commit that it is about to be handed over; False when it is not."""
    now, messaging = world.clock(), world.messaging
    said = objection(message_facts(tx, contents.live, messaging, message), now)
    if said is None and message.medium not in messaging.messengers:
        tx.messages.settled(message.id, MessageState.FAILED, now, reason="no_messenger")
        return False
    if said is None and message.link_id is not None and messaging.link_base is None:
        tx.messages.settled(message.id, MessageState.FAILED, now, reason="no_link_base")
        return False
    if said is None:
        hashed = None if token is None else token_hash(token)
        return tx.messages.sending(message.id, world.owner.epoch, now, hashed)
    log.info("a message is not sent", message=message.id, reason=said.reason)
    if said.verdict is Verdict.CANCEL:
        tx.messages.settled(message.id, MessageState.FAILED, now, reason=said.reason)
    else:
        tx.messages.put_off(message.id, min(said.until or now, message.expires_at), said.reason)
    return False


async def _ask(world: World, message: Message) -> bool:
    """Find out what became of a message whose handover nobody saw the end of."""
    messenger = world.messaging.messengers.get(message.medium)
    if messenger is None or not messenger.can_be_asked:
        lost = Handover(HandoverResult.UNKNOWN, reason="interrupted")
        await _keep(world, messenger, message, lost, message.tries)
        return False
    await _keep(world, messenger, message, await messenger.look_up(message.id), message.tries)
    return False


async def _keep(
    world: World, messenger: Messenger | None, message: Message, handover: Handover, tries: int
) -> None:
    now = world.clock()
    await world.store.write(lambda tx: _write(tx, messenger, message, handover, tries, now))


def _write(
    tx: Transaction,
    messenger: Messenger | None,
    message: Message,
    handover: Handover,
    tries: int,
    now: datetime,
) -> None:
    can_be_asked = messenger is not None and messenger.can_be_asked
    reason, provider_id = handover.reason, handover.provider_id
    again = now + retry_after(tries)
    match handover.result:
        case HandoverResult.SENT:
            report = now + _FIRST_REPORT if can_be_asked else None
            tx.messages.settled(message.id, MessageState.SENT, now, provider_id=provider_id, next_at=report)
        case HandoverResult.DELIVERED:
            tx.messages.settled(message.id, MessageState.DELIVERED, now, provider_id=provider_id)
        case HandoverResult.REFUSED:
            log.error("a message was refused", message=message.id, reason=reason)
            tx.messages.settled(message.id, MessageState.FAILED, now, provider_id=provider_id, reason=reason)
        case HandoverResult.NOT_SENT if again < message.expires_at:
            log.warning("a message could not be handed over", message=message.id, reason=reason, tries=tries)
            tx.messages.put_off(message.id, again, reason or "not_sent")
        case HandoverResult.NOT_SENT:
            log.error("a message could not be handed over in time", message=message.id, reason=reason)
            tx.messages.settled(message.id, MessageState.FAILED, now, reason=reason)
        case HandoverResult.UNKNOWN if can_be_asked and again < message.expires_at:
            tx.messages.ask_again(message.id, again)
        case HandoverResult.UNKNOWN:
            log.error("nobody knows whether a message was sent", message=message.id, reason=reason)
            tx.messages.settled(message.id, MessageState.UNKNOWN, now, reason=reason)


async def _report(world: World, message: Message) -> bool:
    """Ask whether a sent message has arrived; its state stays when nobody can tell."""
    messenger = world.messaging.messengers.get(message.medium)
    now = world.clock()
    age = now - message.created_at
    handover = await messenger.look_up(message.id) if messenger and messenger.can_be_asked else None
    arrived = handover and handover.result in (HandoverResult.DELIVERED, HandoverResult.REFUSED)
    if handover is not None and arrived:
        await _keep(world, messenger, message, handover, message.tries)
        return False
    later = now + max(_FIRST_REPORT, age) if age < _REPORTS_FOR and messenger else None

    def work(tx: Transaction) -> None:
        if later is not None:
            tx.messages.ask_again(message.id, later)
        else:
            tx.messages.settled(message.id, MessageState.SENT, now)

    await world.store.write(work)
    return False
