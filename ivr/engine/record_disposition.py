"""Keep what an agent says a call came to, and do what it means, in one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from ivr.engine.content import Contents
from ivr.engine.heed_disposition import Matter, heed_disposition, promise_terms
from ivr.engine.line_of_call import line_of_call
from ivr.engine.messaging import Messaging
from ivr.engine.ports import NewCall, ToldDisposition, Transaction
from ivr.engine.third_party_word import ALLOWED, third_party_problems
from ivr.engine.world import World
from ivr.errors import ContentError, KeyTakenError, NotFoundError, Problem
from ivr.outcomes.agent_disposition import AgentDisposition
from ivr.outcomes.promised import objection, read_promised
from ivr.outcomes.written_card import holds_card_number

FARTHEST_CALLBACK = timedelta(days=90)

_OF_AN_ACCOUNT = (
    AgentDisposition.PROMISE_TO_PAY,
    AgentDisposition.ALREADY_PAID,
    AgentDisposition.DISPUTE,
    AgentDisposition.PAID,
)


@dataclass(frozen=True, slots=True)
class AgentWord:
    """What an agent says of a call."""

    story_id: str
    """The call, as those at the desk ask for it."""
    client: str
    """The program or telephone that says it."""
    key: str
    """The client's own: the same again changes nothing."""
    agent: str
    disposition: AgentDisposition
    details: Mapping[str, object] = field(default_factory=dict)
    """Of a promise its details; of a call-back its `moment`, ISO 8601 with zone."""
    note: str = ""
    medium: str = "api"
    customer_id: str | None = None
    """Who was on the line, where the call does not say it."""
    account_id: str | None = None
    """Which account it was about, where the call does not say it."""


async def tell_disposition(world: World, contents: Contents, word: AgentWord) -> ToldDisposition:
    """Keep an agent's word and do what it means, now; raises what `record_disposition` does."""
    now, targets = world.clock(), tuple(world.targets)
    return await world.store.write(
        lambda tx: record_disposition(tx, contents, world.messaging, targets, word, now)
    )


def record_disposition(
    tx: Transaction,
    contents: Contents,
    messaging: Messaging,
    targets: tuple[str, ...],
    word: AgentWord,
    now: datetime,
) -> ToldDisposition:
    """Return what is kept; the same again returns it as it is and changes nothing.

    Raises NotFoundError for a call that is not there, KeyTakenError for a key that was used for another word,
    ContentError with all that is wrong or missing in the word. Then nothing is changed.
    """
    call = tx.calls.asked_for(word.story_id)
    if call is None:
        raise NotFoundError(f"There is no call {word.story_id!r}.")
    # Whichever comes first, this or the end of the call, the other one finds it written.
    tx.calls.lock(call.id)
    matter = matter_of(tx, call, word)
    told = _told(matter, word, now)
    if (kept := tx.agent_dispositions.get(told.id)) is not None:
        if replace(kept, at=told.at) != told:
            raise _key_taken(word)
        return kept
    if problems := list(_problems(tx, contents, matter, word, now)):
        raise ContentError(problems)
    if not tx.agent_dispositions.add(told, targets):
        raise _key_taken(word)  # by a word on another call, in this very moment
    heed_disposition(tx, contents, messaging, matter, told, now)
    return told


def _key_taken(word: AgentWord) -> KeyTakenError:
    return KeyTakenError(
        f"The key {word.key!r} stands for another disposition already; "
        "take a new key for each one that you tell."
    )


def matter_of(tx: Transaction, call: NewCall, word: AgentWord) -> Matter:
    """Return what the call of a word was about."""
    if call.attempt_id is None:
        return _matter_of_caller(tx, call, word)
    attempt = tx.attempts.get(call.attempt_id)
    alert = tx.alerts.get(attempt.alert_id)
    if alert.forwarded is not None:
        return Matter(call, attempt, alert, customer_id=None, account=None)
    return Matter(call, attempt, alert, alert.customer_id, tx.customers.account(alert.account_id))


def _matter_of_caller(tx: Transaction, call: NewCall, word: AgentWord) -> Matter:
    """Return what a call that came in was about: what the agent names goes before what the talk led to."""
    party = line_of_call(tx, call).known
    customer_id = word.customer_id or (None if party is None else party.customer_id)
    if party is None or party.customer_id != customer_id:
        account_id, alert_id = word.account_id, None
    else:
        account_id = word.account_id or party.account_id
        alert_id = party.alert_id if account_id == party.account_id else None
    return Matter(
        call,
        attempt=None,
        alert=None if alert_id is None else tx.alerts.get(alert_id),
        customer_id=customer_id,
        account=None if account_id is None else tx.customers.account(account_id),
    )


def _told(matter: Matter, word: AgentWord, now: datetime) -> ToldDisposition:
    account = None if word.disposition.is_about_all else matter.account
    return ToldDisposition(
        id=uuid.uuid5(uuid.NAMESPACE_OID, f"disposition/{word.client}/{word.key}").hex,
        client=word.client,
        key=word.key,
        call_id=matter.call.id,
        agent=word.agent,
        disposition=word.disposition,
        details=dict(word.details),
        note=word.note,
        medium=word.medium,
        customer_id=matter.customer_id,
        account_id=None if account is None else account.id,
        alert_id=None if matter.alert is None else matter.alert.id,
        at=now,
        content_version=matter.call.flow_version,
    )


def _problems(
    tx: Transaction, contents: Contents, matter: Matter, word: AgentWord, now: datetime
) -> Iterator[Problem]:
    if matter.is_third_party:
        yield from third_party_problems(word.disposition, word.customer_id, word.account_id)
    else:
        yield from _who_it_is(tx, matter, word)
        yield from _what_it_is_about(matter, word)
    if holds_card_number(word.note):
        yield _problem("note", "it holds a number that may be a card's", "leave that out of it")
    if matter.is_third_party and word.disposition not in ALLOWED:
        return
    if word.disposition is AgentDisposition.PROMISE_TO_PAY:
        yield from _promise(contents, matter, word, now)
    elif word.disposition is AgentDisposition.CALLBACK:
        yield from _callback(matter, word, now)
    elif word.details:
        yield _problem("details", f"{word.disposition} has none", "leave them out")


def _who_it_is(tx: Transaction, matter: Matter, word: AgentWord) -> Iterator[Problem]:
    if matter.attempt is not None and word.customer_id not in (None, matter.customer_id):
        wrong = f"we called {matter.customer_id!r} and not {word.customer_id!r}"
        yield _problem("customer_id", wrong, "leave it out")
    elif word.customer_id is not None and tx.customers.customer(word.customer_id) is None:
        yield _problem("customer_id", f"there is no customer {word.customer_id!r}", "name one who is there")
    needs_one = word.disposition.hold is not None or word.disposition in _OF_AN_ACCOUNT
    if matter.customer_id is None and needs_one:
        wrong = f"nobody knows who called, and {word.disposition} is about a customer"
        yield _problem("customer_id", wrong, "name the customer")


def _what_it_is_about(matter: Matter, word: AgentWord) -> Iterator[Problem]:
    account = matter.account
    if word.account_id is not None and (account is None or account.customer_id != matter.customer_id):
        wrong = f"customer {matter.customer_id!r} has no account {word.account_id!r}"
        yield _problem("account_id", wrong, "name one of theirs")
    elif word.account_id is not None and account is not None and account.id != word.account_id:
        yield _problem("account_id", f"we called about {account.id!r}", "leave it out")
    elif account is None and word.disposition in _OF_AN_ACCOUNT:
        wrong = f"nobody knows which account it is, and {word.disposition} is about one"
        yield _problem("account_id", wrong, "name the account")


def _promise(contents: Contents, matter: Matter, word: AgentWord, now: datetime) -> Iterator[Problem]:
    right = "give `amount_minor` with `currency`, and the day as `on`"
    try:
        promised = read_promised(word.details)
    except ValueError as error:
        yield _problem("promise", str(error), right)
        return
    if matter.account is None:
        return
    due, today = matter.account.amount_due, now.astimezone(contents.live.time_zone).date()
    if promised.amount(due).minor <= 0:
        yield _problem("promise", "nothing is due on this account", "say `resolved` instead")
    elif beyond := objection(promised, promise_terms(contents, matter).limits(due), due, today):
        yield _problem("promise", beyond, "stay within what the rule allows")


def _callback(matter: Matter, word: AgentWord, now: datetime) -> Iterator[Problem]:
    if matter.alert is None:
        wrong = "this call led to no alert that could be called about again"
        yield _problem("disposition", wrong, "say `unresolved`, and call them yourself")
    try:
        moment = datetime.fromisoformat(str(word.details.get("moment")))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        wrong, right = "it names no moment", "give one with its zone, such as 2026-03-02T15:30:00-05:00"
        yield _problem("call_at", wrong, right)
    elif not now <= moment <= now + FARTHEST_CALLBACK:
        wrong = f"{moment.isoformat()} is past or more than {FARTHEST_CALLBACK.days} days away"
        yield _problem("call_at", wrong, "name a moment that is to come")


def _problem(name: str, wrong: str, right: str) -> Problem:
    return Problem("disposition", None, name, wrong, right)
