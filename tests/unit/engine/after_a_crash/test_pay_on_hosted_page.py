"""One page and one charge at most, at whatever point the engine is killed that sends a customer there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from ivr.accounts.contact_point import Medium
from ivr.engine.content import Contents
from ivr.engine.pay_on_hosted_page import HostedPayment, pay_on_hosted_page
from ivr.engine.ports import LinkPayment
from ivr.engine.reconcile_payments import IN_FLIGHT, LINK_GOOD_FOR, reconcile_payments
from ivr.engine.world import World
from ivr.gateways.sandbox import SandboxGateway
from ivr.messages.message import Message
from ivr.payments.intent import ChargeResult, IntentState
from tests.contract.samples import NOW, record, usd
from tests.unit.engine.after_a_crash.dying import Killed, Moment, dying

DUE = usd(12_345)
WANTED = HostedPayment("c1", "a1", DUE, DUE, "Payment to Sample Bank", "en")
PAYMENT = LinkPayment("page/1", "m1", None, "w1", None, NOW)
POINTS = {
    "before anything is written": Moment("write", 1, is_after=False),
    "before the intent's row": Moment("write", 2, is_after=False),
    "after the row, before the page is made": Moment("write", 2),
    "after the page is made, before its id is stored": Moment("open_page"),
    "after the id is stored": Moment("write", 3),
    "after the state is stored": Moment("write", 4),
}
BEFORE_THE_PAGE = tuple(POINTS)[:3]


@pytest.fixture(autouse=True)
async def _customer(world: World) -> None:
    message = Message(
        id="m1",
        customer_id="c1",
        account_id="a1",
        alert_id=None,
        attempt_id=None,
        medium=Medium.EMAIL,
        contact_point_id=None,
        address="maria@example.com",
        topic="payments",
        template="payment-link",
        content_version=1,
        language="en",
        subject="",
        body="",
        is_asked_for=True,
        created_at=NOW,
        expires_at=NOW + timedelta(days=1),
    )
    await world.store.write(lambda tx: tx.customers.put(record(1)))
    await world.store.write(lambda tx: tx.messages.add(message, None))


def with_pages(world: World, span: timedelta = timedelta(0)) -> World:
    """Return the world with the provider's pages, so long after the engine was killed."""
    later = NOW + timedelta(seconds=10) + span
    gateway = world.gateway
    assert isinstance(gateway, SandboxGateway)
    gateway._clock = lambda: later
    messaging = replace(world.messaging, link_base="https://bank.test/l")
    return replace(world, hosted_pages=gateway, messaging=messaging, clock=lambda: later)


async def asks(world: World, contents: Contents) -> ChargeResult:
    assert world.hosted_pages is not None
    return await pay_on_hosted_page(world, contents, world.hosted_pages, PAYMENT, WANTED)


def pages(world: World) -> SandboxGateway:
    assert isinstance(world.gateway, SandboxGateway)
    return world.gateway


async def pages_made(world: World) -> int:
    """Return how many pages the provider has, whether anybody knows of them or not."""
    import sqlite3

    with sqlite3.connect(pages(world)._path) as books:
        tables = books.execute("SELECT name FROM sqlite_master WHERE name = 'pages'").fetchall()
        count: int = books.execute("SELECT count(*) FROM pages").fetchone()[0] if tables else 0
    return count


async def due(world: World) -> int:
    account = await world.store.read(lambda tx: tx.customers.account("a1"))
    assert account is not None
    return account.amount_due.minor


async def killed(world: World, contents: Contents, point: str) -> None:
    with pytest.raises(Killed):
        await asks(dying(with_pages(world), POINTS[point]), contents)


@pytest.mark.parametrize("point", POINTS)
async def test_killed_at_any_point_the_same_request_leads_to_the_only_page_and_one_charge(
    world: World, contents: Contents, point: str
) -> None:
    await killed(world, contents, point)
    alive = with_pages(world)
    result = await asks(alive, contents)
    assert result.state is IntentState.REQUIRES_ACTION
    assert await pages_made(alive) == 1
    assert await pages(alive).pay_on_page(str(result.provider_id))
    assert await reconcile_payments(alive, contents) == 0
    assert (len(await pages(alive).charges()), await due(alive)) == (1, 0)


@pytest.mark.parametrize("point", POINTS)
async def test_killed_at_any_point_nobody_is_left_with_an_open_payment(
    world: World, contents: Contents, point: str
) -> None:
    await killed(world, contents, point)
    assert await reconcile_payments(with_pages(world, LINK_GOOD_FOR), contents) == 0
    assert (await pages(world).charges(), await due(world)) == ([], DUE.minor)


@pytest.mark.parametrize("point", POINTS)
async def test_killed_at_any_point_another_page_of_ours_begins_at_once(
    world: World, contents: Contents, point: str
) -> None:
    """After a restart every page of ours begins anew, so that the customer asks under another key."""
    await killed(world, contents, point)
    alive = with_pages(world)
    assert alive.hosted_pages is not None
    anew = replace(PAYMENT, id="page/2")
    result = await pay_on_hosted_page(alive, contents, alive.hosted_pages, anew, WANTED)
    assert result.state is IntentState.REQUIRES_ACTION
    assert await pages(alive).pay_on_page(str(result.provider_id))
    assert await reconcile_payments(alive, contents) == 0
    assert (len(await pages(alive).charges()), await due(alive)) == (1, 0)


async def test_long_after_the_crash_what_nobody_was_sent_to_is_given_up(
    world: World, contents: Contents
) -> None:
    await killed(world, contents, "after the page is made, before its id is stored")
    assert (await asks(with_pages(world, IN_FLIGHT), contents)).state is IntentState.CANCELLED
