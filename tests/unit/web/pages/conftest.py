"""Pages behind links of a real store and a scripted world, asked for over real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from aiohttp import ClientSession

from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.attempts.attempt import AttemptState
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.calls.call_result import CallResult
from ivr.engine.content import Content, Contents
from ivr.engine.deliver_messages import deliver_messages
from ivr.engine.forward_alert import forward_alert
from ivr.engine.messaging import Messaging
from ivr.engine.ports import CustomerRecord, Transaction
from ivr.engine.queue_message import NewMessage, queue_message
from ivr.engine.session_variables import account_variables, payment_variables
from ivr.engine.start_session import read_facts
from ivr.flows.compliance import ForwardWay
from ivr.flows.effects import ForwardAlert
from ivr.web.api import create_api
from ivr.web.pages.desk import PageDesk
from ivr.web.pages.routes import create_pages
from ivr.web.server import serving
from ivr.web.site import Site
from tests.contract.samples import record
from tests.unit.engine.conftest import Engine, content, empty_database, engine, store
from tests.unit.engine.scripted import ScriptedCall, report
from tests.unit.engine.test_deliver_messages import BASE, MARIA, ScriptedMessenger
from tests.unit.engine.test_forward_alert import SOMEBODY
from tests.unit.engine.test_forward_in_writing import by
from tests.unit.web.conftest import desk_at
from tests.unit.web.pages.reader import Reader, Shown, token_in

__all__ = ["content", "empty_database", "engine", "store"]

COMMENT = "0123456789abcdef0123456789abcdef"
"""The recording of what the customer says with what they pass on."""
BORN = date(1980, 4, 23)
RIGHT = "04/23/1980"


@dataclass
class Post:
    """An engine that sends links, and a reader who opens them."""

    engine: Engine
    reader: Reader
    url: str
    email: ScriptedMessenger
    sms: ScriptedMessenger
    desk: PageDesk

    async def gets_a_link(self, template: str = "payment-link", language: str = "en") -> str:
        """Have a customer be sent a link about what their next call is about; return its address."""
        facts = await self.engine.found_and_claimed()
        await self.engine.store.write(
            lambda tx: tx.attempts.release(
                facts.attempt.id, self.engine.world.owner.epoch, facts.attempt.due_at, "waits"
            )
        )
        return await self.sends(facts, template, language)

    async def sends(self, facts: EligibilityFacts, template: str, language: str = "en") -> str:
        """Send a link about an attempt's alert; return its address here."""
        await self.engine.store.write(_take_in)
        await self.engine.store.write(lambda tx: self._queue(tx, facts, template, language))
        await deliver_messages(self.engine.world, self.engine.contents)
        return f"{self.url}/l/{token_in(self.email.given[-1].body)}"

    async def sends_again(self, template: str) -> str:
        """Send another link about the attempt that waits; return its address."""
        [attempt] = await self.engine.attempts(AttemptState.READY)
        facts = await read_facts(self.engine.world, attempt.id)
        return await self.sends(facts, template)

    def _queue(self, tx: Transaction, facts: EligibilityFacts, template: str, language: str) -> None:
        live, now = self.engine.contents.live, self.engine.clock()
        account = tx.customers.account(facts.account.id)
        customer = tx.customers.customer(facts.customer.id)
        assert account is not None
        assert customer is not None
        variables = {
            **account_variables(live.company, customer, account, now.date()),
            **payment_variables(()),
        }
        page = {"page": "https://bank.example/approve"} if template == "payment-approval" else {}
        new = NewMessage(
            id=f"m{len(self.email.given)}",
            medium=Medium.EMAIL,
            template=template,
            language=language,
            variables=variables,
            customer_id=customer.id,
            account_id=account.id,
            alert_id=facts.alert.id,
            topic=facts.alert.topic,
            values=page,
            is_asked_for=True,
        )
        assert queue_message(tx, live, self.engine.world.messaging, new, now) is not None

    async def opens(self, url: str) -> Shown:
        """Open a link and say to be the customer."""
        return await self.reader.sends(await self.reader.opens(url), "Yes, that is me")

    async def proves(self, shown: Shown, answer: str = RIGHT) -> Shown:
        """Answer the question that only the customer can."""
        return await self.reader.sends(shown, "Continue", answer=answer)

    async def outcomes(self) -> list[Mapping[str, Any]]:
        """Return what was said on pages, oldest first."""
        entries = await self.engine.store.read(lambda tx: tx.outcomes.due_entries(self.engine.clock(), 100))
        return [entry.payload for entry in entries if entry.payload["medium"] == "web"]


async def passed_on(post: Post, ways: tuple[ForwardWay, ...], told: str | None = None) -> str:
    """Let the customer pass an alert on in writing, with a comment; return the link's address."""
    facts = await post.engine.placed()
    await post.engine.store.write(_take_in)
    post.engine.contents.go_live(by(ways, post.engine.contents.live, told).live)
    call = ScriptedCall(facts.attempt.id, report(facts.attempt.id, post.engine.clock(), CallResult.ANSWERED))
    number = SOMEBODY if ways == (ForwardWay.TEXT,) else None
    wanted = ForwardAlert(9, number, COMMENT)
    done = await forward_alert(post.engine.host(call, facts), facts.alert.id, wanted)
    assert done.result == "done"
    await deliver_messages(post.engine.world, post.engine.contents)
    [outgoing] = [*post.email.given, *post.sms.given]
    return f"{post.url}/l/{token_in(outgoing.body)}"


def _take_in(tx: Transaction) -> None:
    known = record(1)
    customer = replace(known.customer, name="Maria Lopez", birth_date=BORN)
    points = [*known.contact_points, ContactPoint("e1", "c1", Medium.EMAIL, MARIA)]
    tx.customers.put(CustomerRecord(customer, known.accounts, points, known.payment_methods))


def under(profile: str, content: Content, flow: str = "payment-overdue") -> Contents:
    """Return content whose flow is held to another profile."""
    held = content.flows[flow].model_copy(update={"profile": profile})
    return Contents(replace(content, flows={**content.flows, flow: held}))


def about_orders(content: Content) -> Contents:
    """Return content whose rule asks nobody to pay."""
    rule = content.book.rules["payment-overdue"]
    step = rule.plan[0].model_copy(update={"flow": "order-delayed"})
    rules = {rule.name: rule.model_copy(update={"plan": (step,), "topic": "orders"})}
    return Contents(replace(content, book=replace(content.book, rules=rules)))


@pytest.fixture
async def post(engine: Engine) -> AsyncIterator[Post]:
    """Return an engine whose pages can be asked for."""
    async with posted(engine) as post:
        yield post


@asynccontextmanager
async def posted(engine: Engine, base: str = BASE, port: int = 0) -> AsyncIterator[Post]:
    """Serve the pages of an engine, whose links begin with `base`."""
    email, sms = ScriptedMessenger(), ScriptedMessenger(can_be_asked=True)
    messengers = {Medium.EMAIL: email, Medium.SMS: sms}
    messaging = Messaging(messengers, frozenset({MARIA, SOMEBODY}), base)
    engine.world = replace(engine.world, messaging=messaging)
    desk = PageDesk(engine.world, engine.contents)
    api = create_api(desk_at(engine), ())
    site = Site(api, create_pages(desk))
    async with serving(site, "127.0.0.1", port) as url, ClientSession() as session:
        yield Post(engine, Reader(session), url, email, sms, desk)
