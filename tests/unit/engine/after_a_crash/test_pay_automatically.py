"""An automatic payment is made at most once, at whatever point the engine is killed, and confirmed once."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import date, timedelta
from typing import cast

import pytest

from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.content_file import parse_content
from ivr.engine.content import Contents
from ivr.engine.messaging import Messaging, Messenger
from ivr.engine.pay_automatically import pay_automatically
from ivr.engine.ports import CustomerRecord, NewCall, Transaction
from ivr.engine.world import World
from ivr.gateways.sandbox import TIMEOUT_AFTER_CHARGE, TIMEOUT_BEFORE_CHARGE, SandboxGateway
from ivr.messages.load_templates import load_templates
from ivr.messages.message import MessageState
from ivr.payments.authorisation import AmountTerms, Authorisation
from tests.contract.samples import NOW, record
from tests.unit.engine.after_a_crash.dying import Killed, Moment, dying
from tests.unit.engine.after_a_crash.test_pay import POINTS, due, later
from tests.unit.engine.conftest import ROOT

MARIA = "maria@example.com"
TODAY = date(2026, 3, 2)
AT_ITS_END = {"before the day is written down": Moment("write", 4, is_after=False)}
EVERY_POINT = {**POINTS, **AT_ITS_END}


@pytest.fixture
def written(contents: Contents) -> Contents:
    """The content with its messages."""
    files = sorted((ROOT / "messages").glob("*.yaml"))
    templates = load_templates([parse_content(file.read_text("utf-8"), str(file)) for file in files])
    return Contents(replace(contents.live, messages=templates))


@pytest.fixture
def posting(world: World) -> World:
    messaging = Messaging({Medium.EMAIL: cast("Messenger", object())}, frozenset({MARIA}))
    return replace(world, messaging=messaging)


async def agreed(world: World, token: str) -> None:
    """Take in a customer whose account is charged today."""

    def work(tx: Transaction) -> None:
        known = record(1)
        [method] = known.payment_methods
        points = [*known.contact_points, ContactPoint("e1", "c1", Medium.EMAIL, MARIA)]
        tx.customers.put(
            CustomerRecord(known.customer, known.accounts, points, [replace(method, token=token)])
        )
        tx.calls.open(NewCall("call", None, "inbound", "", "t", None, "f", "v1", NOW))
        tx.authorisations.give(
            Authorisation("g1", "c1", "a1", "m1", AmountTerms.DUE, 2, NOW, "call", "f v1", None, TODAY)
        )

    await world.store.write(work)


@pytest.mark.parametrize("token", ["tok_ok", TIMEOUT_BEFORE_CHARGE, TIMEOUT_AFTER_CHARGE])
@pytest.mark.parametrize("point", EVERY_POINT)
async def test_killed_at_any_point_it_is_charged_once_booked_once_and_confirmed_once(
    posting: World, written: Contents, point: str, token: str
) -> None:
    await agreed(posting, token)
    with contextlib.suppress(Killed):
        await pay_automatically(dying(posting, EVERY_POINT[point]), written)
    for minutes in range(1, 4):
        await pay_automatically(later(posting, timedelta(minutes=minutes)), written)

    assert isinstance(posting.gateway, SandboxGateway)
    assert len(await posting.gateway.charges()) == 1
    assert await due(posting) == 0
    given = await posting.store.read(lambda tx: tx.authorisations.of_account("a1"))
    assert given is not None
    assert (given.last_result, given.next_on) == ("success", date(2026, 4, 2))
    waiting = await posting.store.read(
        lambda tx: tx.messages.due(MessageState.QUEUED, NOW + timedelta(days=1), 9)
    )
    assert [message.template for message in waiting] == ["automatic-payment-receipt"]
