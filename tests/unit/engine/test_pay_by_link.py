"""A payment on a page is an answer, once, whenever it is known what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from ivr.accounts.contact_point import Medium
from ivr.engine.open_intent import NOT_LIVE, UNREACHABLE
from ivr.engine.pay import intent_id_of, pay
from ivr.engine.pay_by_link import NOT_THEIRS, finish_link_payments, pay_by_link
from ivr.engine.ports import CustomerRecord, LinkPayment
from ivr.engine.reconcile_payments import IN_FLIGHT, reconcile_payments
from ivr.flows.effects import Pay
from ivr.messages.message import Message
from ivr.money import Money
from ivr.payments.intent import IntentState, PaymentIntent
from tests.contract.samples import record
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import SUCCEEDED

DUE = Money(12_345, "USD")
COMMAND = Pay(0, "a1", DUE, "m1", due=DUE, by_link=True)


async def begun(engine: Engine) -> LinkPayment:
    """Have a customer hold a link to pay with."""
    [attempt] = await engine.find(1)
    message = Message(
        id="m1",
        customer_id="c1",
        account_id="a1",
        alert_id=attempt.alert_id,
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
        created_at=engine.clock(),
        expires_at=engine.clock() + timedelta(days=1),
    )
    await engine.store.write(lambda tx: tx.messages.add(message, None))
    begun = LinkPayment("page/1", "m1", attempt.alert_id, "w1", "pin", engine.clock())
    return replace(begun, intent_id=intent_id_of("page/1", COMMAND))


async def said(engine: Engine) -> list[Mapping[str, Any]]:
    """Return what the history will be told."""
    entries = await engine.store.read(lambda tx: tx.outcomes.due_entries(engine.clock(), 10))
    return [entry.payload for entry in entries]


async def test_a_crash_after_the_charge_loses_no_answer(engine: Engine) -> None:
    payment = await begun(engine)
    engine.gateway.confirms = [SUCCEEDED]
    await engine.store.write(lambda tx: tx.link_payments.begin(payment))
    await pay(engine.world, engine.contents, payment.id, "c1", COMMAND)
    # … and here the engine died.
    assert await said(engine) == []
    assert await finish_link_payments(engine.world, engine.contents) == 1
    assert await finish_link_payments(engine.world, engine.contents) == 0
    [told] = await said(engine)
    assert (told["responses"], told["proof"], told["content_version"]) == ([["paid", {}]], "pin", "w1")


async def test_a_crash_before_the_provider_heard_of_it_charges_nothing_and_says_nothing(
    engine: Engine,
) -> None:
    payment = await begun(engine)
    await engine.store.write(lambda tx: tx.link_payments.begin(payment))
    assert await finish_link_payments(engine.world, engine.contents) == 0, "it may be under way"
    engine.clock.advance(seconds=IN_FLIGHT.total_seconds())
    assert await finish_link_payments(engine.world, engine.contents) == 1
    assert await said(engine) == []


async def kept(engine: Engine) -> PaymentIntent:
    found = await engine.store.read(lambda tx: tx.payments.get(intent_id_of("page/1", COMMAND)))
    assert found is not None
    return found


async def test_a_provider_that_is_away_has_declined_no_card(engine: Engine) -> None:
    payment = await begun(engine)
    engine.gateway.is_away = True
    done = await pay_by_link(engine.world, engine.contents, "c1", payment, COMMAND)
    assert (done.result, done.values["reason"]) == ("declined", UNREACHABLE), (
        "who asks is told that nothing was"
    )
    assert (await kept(engine)).state is IntentState.CANCELLED
    assert await said(engine) == []


async def test_a_payment_that_the_provider_never_heard_of_is_no_answer(engine: Engine) -> None:
    """The engine died after it had written it down."""
    payment = await begun(engine)
    now = engine.clock()
    new = PaymentIntent(payment.intent_id, "a1", DUE, "m1", IntentState.PENDING, alert_id=payment.alert_id)
    await engine.store.write(lambda tx: tx.link_payments.begin(payment))
    await engine.store.write(lambda tx: tx.payments.open_intent(new, now))
    engine.clock.advance(seconds=IN_FLIGHT.total_seconds())
    await reconcile_payments(engine.world, engine.contents)
    assert await finish_link_payments(engine.world, engine.contents) == 1
    assert ((await kept(engine)).state, await said(engine)) == (IntentState.CANCELLED, [])


async def test_before_the_go_live_no_card_is_declined(engine: Engine) -> None:
    payment = await begun(engine)
    engine.gateway.moves_money = True
    done = await pay_by_link(engine.world, engine.contents, "c1", payment, COMMAND)
    assert (done.result, done.values["reason"], await said(engine)) == ("declined", NOT_LIVE, [])


@pytest.mark.parametrize("answers", [1, 2])
async def test_what_the_provider_does_not_say_is_an_answer_once_it_does(engine: Engine, answers: int) -> None:
    payment = await begun(engine)
    engine.gateway.confirms, engine.gateway.leaves_after_confirming = [None], True
    done = await pay_by_link(engine.world, engine.contents, "c1", payment, COMMAND)
    assert (done.result, await said(engine)) == ("provider_error", [])
    engine.gateway.is_away, engine.gateway.look_ups = False, [SUCCEEDED] * answers
    for _ in range(answers):
        await reconcile_payments(engine.world, engine.contents)
        await finish_link_payments(engine.world, engine.contents)
    assert [each["disposition"] for each in await said(engine)] == ["payment"]
    assert len(engine.gateway.confirmed) == 1


async def test_money_that_moved_is_an_answer_though_the_matter_was_settled_meanwhile(engine: Engine) -> None:
    payment = await begun(engine)
    engine.gateway.confirms = [SUCCEEDED]
    await engine.store.write(
        lambda tx: tx.alerts.end(payment.alert_id or "", "settled", "promised", engine.clock())  # type: ignore[arg-type]
    )
    await pay_by_link(engine.world, engine.contents, "c1", payment, COMMAND)
    assert [each["disposition"] for each in await said(engine)] == ["payment"]


@pytest.mark.parametrize("has_crashed", [False, True])
async def test_a_payment_that_the_sweep_ended_before_it_had_begun_is_kept_still(
    engine: Engine, has_crashed: bool
) -> None:
    payment = await begun(engine)
    engine.gateway.confirms = [SUCCEEDED]
    await engine.store.write(lambda tx: tx.link_payments.begin(payment))
    engine.clock.advance(seconds=IN_FLIGHT.total_seconds())
    assert await finish_link_payments(engine.world, engine.contents) == 1
    if has_crashed:
        anew = replace(payment, began_at=engine.clock())
        assert await engine.store.write(lambda tx: tx.link_payments.begin(anew))
        await pay(engine.world, engine.contents, payment.id, "c1", COMMAND)
        assert await finish_link_payments(engine.world, engine.contents) == 1
    else:
        await pay_by_link(engine.world, engine.contents, "c1", payment, COMMAND)
    assert [each["disposition"] for each in await said(engine)] == ["payment"]


async def test_one_that_ended_under_the_hands_of_who_pays_is_kept_still(engine: Engine) -> None:
    payment = await begun(engine)
    create, engine.gateway.confirms = engine.gateway.create, [SUCCEEDED]

    async def slowly(*args: Any) -> Any:
        await engine.store.write(lambda tx: tx.link_payments.finish(payment.id, engine.clock()))
        return await create(*args)

    engine.gateway.create = slowly  # type: ignore[assignment]
    await pay_by_link(engine.world, engine.contents, "c1", payment, COMMAND)
    assert [each["disposition"] for each in await said(engine)] == ["payment"]


async def test_an_account_that_changes_hands_before_it_is_charged_is_not_charged(engine: Engine) -> None:
    payment = await begun(engine)
    other = record(2)
    moved = [replace(each, customer_id="c2") for each in record(1).accounts]
    put = CustomerRecord(other.customer, [*other.accounts, *moved], other.contact_points, ())
    await engine.store.write(lambda tx: tx.customers.put(put))
    done = await pay_by_link(engine.world, engine.contents, "c1", payment, COMMAND)
    assert (done.result, done.values["reason"]) == ("declined", NOT_THEIRS)
    assert engine.gateway.confirmed == []
    assert await said(engine) == []


async def test_one_that_can_not_be_kept_keeps_no_other_from_it(engine: Engine) -> None:
    payment = await begun(engine)
    unclear = replace(payment, id="page/0", proof="nothing that we know")
    engine.gateway.confirms = [SUCCEEDED]
    for each in (unclear, payment):
        await engine.store.write(lambda tx, each=each: tx.link_payments.begin(each))  # type: ignore[misc]
    await pay(engine.world, engine.contents, payment.id, "c1", COMMAND)
    assert await finish_link_payments(engine.world, engine.contents) == 1
    assert [each["disposition"] for each in await said(engine)] == ["payment"]
    assert [each.id for each in await engine.store.read(lambda tx: tx.link_payments.unfinished())] == [
        "page/0"
    ]
