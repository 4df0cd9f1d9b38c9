"""Money is taken at most once, whatever fails in between."""

from __future__ import annotations

from ivr.engine.open_intent import AMOUNT_CHANGED
from ivr.engine.pay import intent_id_of, pay, payment_result
from ivr.engine.reconcile_payments import reconcile_payments
from ivr.flows.effects import Pay
from ivr.flows.events import EffectDone
from ivr.money import Money
from ivr.payments.intent import ChargeResult, IntentState, PaymentIntent
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import DECLINED, SUCCEEDED

OWED = Money(12_345, "USD")
MINIMUM = Money(2_500, "USD")
SILENCE = None
NOT_CONFIRMED = ChargeResult(IntentState.PENDING, provider_id="p1")
NEEDS_THE_CUSTOMER = ChargeResult(IntentState.REQUIRES_ACTION, provider_id="p1", link="https://provider/p1")


def command(effect_id: int = 1, amount: Money = OWED, *, by_link: bool = False) -> Pay:
    return Pay(effect_id, "a1", amount, "m1", due=OWED, by_link=by_link)


async def ask(
    engine: Engine, effect_id: int = 1, call_id: str = "call", amount: Money = OWED, *, by_link: bool = False
) -> EffectDone:
    return await pay(
        engine.world, engine.contents, call_id, "c1", command(effect_id, amount, by_link=by_link)
    )


async def owed(engine: Engine) -> int:
    account = await engine.store.read(lambda tx: tx.customers.account("a1"))
    assert account is not None
    return account.amount_due.minor


async def test_a_success_is_booked_on_the_account(engine: Engine) -> None:
    await engine.find(1)
    engine.gateway.confirms = [SUCCEEDED]
    assert (await ask(engine)).result == "success"
    assert await owed(engine) == 0


async def test_the_providers_id_is_on_disk_before_it_is_told_to_charge(engine: Engine) -> None:
    await engine.find(1)
    engine.gateway.confirms = [SUCCEEDED]
    done = await ask(engine)
    kept = await engine.store.read(lambda tx: tx.payments.get(str(done.values["intent"])))
    [confirmed] = engine.gateway.confirmed
    assert kept is not None
    assert confirmed.provider_id == kept.provider_id == f"provider's {kept.id}"


async def test_a_decline_books_nothing_and_another_try_may_follow(engine: Engine) -> None:
    await engine.find(1)
    engine.gateway.confirms = [DECLINED, SUCCEEDED]
    declined = await ask(engine)
    assert (declined.result, declined.values["reason"]) == ("declined", DECLINED.reason)
    assert await owed(engine) == OWED.minor
    assert (await ask(engine, effect_id=2)).result == "success"


async def test_an_answer_that_was_lost_is_looked_up_and_not_asked_for_again(engine: Engine) -> None:
    await engine.find(1)
    engine.gateway.confirms, engine.gateway.look_ups = [SILENCE], [SUCCEEDED]
    assert (await ask(engine)).result == "success"
    assert await owed(engine) == 0
    assert len(engine.gateway.confirmed) == 1


async def test_a_request_that_was_lost_is_looked_up_and_made_once_more(engine: Engine) -> None:
    await engine.find(1)
    engine.gateway.confirms, engine.gateway.look_ups = [SILENCE, SUCCEEDED], [NOT_CONFIRMED]
    assert (await ask(engine)).result == "success"
    assert len({intent.provider_id for intent in engine.gateway.confirmed}) == 1


async def test_a_request_that_is_lost_every_time_is_withdrawn_and_the_customer_hears_so(
    engine: Engine,
) -> None:
    await engine.find(1)
    engine.gateway.confirms, engine.gateway.look_ups = [SILENCE] * 2, [NOT_CONFIRMED] * 2
    assert (await ask(engine)).result == "declined"
    assert await owed(engine) == OWED.minor
    assert await reconcile_payments(engine.world, engine.contents) == 0


async def test_a_provider_that_is_away_has_charged_nothing_and_that_is_told(engine: Engine) -> None:
    await engine.find(1)
    engine.gateway.is_away = True
    done = await ask(engine)
    assert (done.result, done.values["reason"]) == ("declined", "provider_unreachable")
    engine.gateway.is_away, engine.gateway.confirms = False, [SUCCEEDED]
    assert (await ask(engine, effect_id=2)).result == "success"


async def test_the_same_command_after_a_crash_is_the_same_intent(engine: Engine) -> None:
    await engine.find(1)
    engine.gateway.confirms = [SUCCEEDED]
    first = await ask(engine)
    again = await ask(engine)
    assert (again.result, again.values) == (first.result, first.values)
    assert len(engine.gateway.confirmed) == 1


async def lost_from_sight(engine: Engine) -> None:
    """Have a payment confirmed, and the provider gone before it said what became of it."""
    engine.gateway.confirms, engine.gateway.leaves_after_confirming = [SILENCE], True
    assert (await ask(engine)).result == "provider_error"


async def test_while_it_is_open_what_became_of_one_payment_no_other_is_begun(engine: Engine) -> None:
    await engine.find(1)
    await lost_from_sight(engine)
    before = len(engine.gateway.confirmed)
    done = await ask(engine, effect_id=2, call_id="another call")
    assert (done.result, done.values) == ("provider_error", {"reason": "earlier_payment_unresolved"})
    assert len(engine.gateway.confirmed) == before


async def test_an_open_payment_is_booked_when_the_provider_is_back(engine: Engine) -> None:
    await engine.find(1)
    await lost_from_sight(engine)
    assert await reconcile_payments(engine.world, engine.contents) == 1
    engine.gateway.is_away, engine.gateway.look_ups = False, [SUCCEEDED]
    assert await reconcile_payments(engine.world, engine.contents) == 0
    assert await owed(engine) == 0


async def test_an_open_payment_that_nobody_confirmed_is_given_up_when_nobody_will(engine: Engine) -> None:
    await engine.find(1)
    await lost_from_sight(engine)
    engine.gateway.is_away, engine.gateway.look_ups = False, [NOT_CONFIRMED] * 2
    engine.clock.advance(seconds=119)
    assert await reconcile_payments(engine.world, engine.contents) == 1
    engine.clock.advance(seconds=2)
    assert await reconcile_payments(engine.world, engine.contents) == 0
    assert await owed(engine) == OWED.minor


async def test_what_the_customer_must_agree_to_comes_back_as_a_link(engine: Engine) -> None:
    await engine.find(1)
    engine.gateway.confirms = [NEEDS_THE_CUSTOMER]
    done = await ask(engine, by_link=True)
    assert (done.result, done.values["link"]) == ("requires_action", NEEDS_THE_CUSTOMER.link)
    assert await owed(engine) == OWED.minor


async def test_where_no_link_can_be_sent_it_is_declined_and_can_not_be_charged_later(engine: Engine) -> None:
    await engine.find(1)
    engine.gateway.confirms = [NEEDS_THE_CUSTOMER]
    assert (await ask(engine)).result == "declined"
    assert await reconcile_payments(engine.world, engine.contents) == 0


async def test_a_link_that_was_used_is_booked(engine: Engine) -> None:
    await engine.find(1)
    engine.gateway.confirms = [NEEDS_THE_CUSTOMER]
    await ask(engine, by_link=True)
    engine.gateway.look_ups = [SUCCEEDED]
    assert await reconcile_payments(engine.world, engine.contents) == 0
    assert await owed(engine) == 0


async def test_a_link_that_nobody_used_is_withdrawn_after_an_hour(engine: Engine) -> None:
    await engine.find(1)
    engine.gateway.confirms = [NEEDS_THE_CUSTOMER]
    await ask(engine, by_link=True)
    engine.gateway.look_ups = [NEEDS_THE_CUSTOMER] * 2
    engine.clock.advance(minutes=59)
    assert await reconcile_payments(engine.world, engine.contents) == 1
    engine.clock.advance(minutes=1)
    assert await reconcile_payments(engine.world, engine.contents) == 0


async def test_a_link_is_withdrawn_when_the_customer_pays_in_another_way(engine: Engine) -> None:
    await engine.find(1)
    engine.gateway.confirms = [NEEDS_THE_CUSTOMER, SUCCEEDED]
    engine.gateway.look_ups = [NEEDS_THE_CUSTOMER]
    first = intent_id_of("call", command(by_link=True))
    await ask(engine, by_link=True)
    assert (await ask(engine, effect_id=2)).result == "success"
    assert await engine.store.read(lambda tx: tx.payments.unresolved("a1")) == []
    kept = await engine.store.read(lambda tx: tx.payments.get(first))
    assert kept is not None
    assert kept.state is IntentState.CANCELLED, "no card was declined"


async def test_a_link_that_was_declined_while_it_is_withdrawn_keeps_nobody_from_paying(
    engine: Engine,
) -> None:
    """The sweep hears the bank's decline in the moment in which a call withdraws the page."""
    await engine.find(1)
    engine.gateway.confirms = [NEEDS_THE_CUSTOMER, SUCCEEDED]
    engine.gateway.look_ups = [NEEDS_THE_CUSTOMER]
    first = intent_id_of("call", command(by_link=True))
    await ask(engine, by_link=True)
    cancel = engine.gateway.cancel

    async def after_the_sweep(intent: PaymentIntent) -> ChargeResult:
        await engine.store.write(lambda tx: tx.payments.resolve(first, DECLINED, engine.clock()))
        return await cancel(intent)

    engine.gateway.cancel = after_the_sweep  # type: ignore[method-assign]
    assert (await ask(engine, effect_id=2)).result == "success"
    kept = await engine.store.read(lambda tx: tx.payments.get(first))
    assert kept is not None
    assert kept.state is IntentState.DECLINED, "what came first stays"


async def test_of_two_calls_about_one_account_the_later_key_pays_nothing(engine: Engine) -> None:
    """Both heard what was due when they began."""
    await engine.find(1)
    engine.gateway.confirms = [SUCCEEDED]
    assert (await ask(engine, amount=MINIMUM)).result == "success"
    late = await ask(engine, call_id="another call")
    assert (late.result, late.values["reason"]) == ("settled", AMOUNT_CHANGED)
    assert await owed(engine) == OWED.minor - MINIMUM.minor
    assert len(engine.gateway.confirmed) == 1
    again = await payment_result(engine.world, engine.contents, "another call", command())
    assert again is not None
    assert again.result == "settled"


async def test_the_same_amount_again_is_another_intent(engine: Engine) -> None:
    await engine.find(1)
    engine.gateway.confirms = [DECLINED, SUCCEEDED]
    await ask(engine)
    await ask(engine, effect_id=2)
    assert [intent.sequence for intent in engine.gateway.confirmed] == [1, 2]


async def test_a_method_that_is_not_the_customers_charges_nothing(engine: Engine) -> None:
    await engine.find(1)
    done = await pay(engine.world, engine.contents, "call", "c1", Pay(1, "a1", OWED, "somebody else's"))
    assert (done.result, done.values) == ("declined", {"reason": "no_such_method"})
    assert engine.gateway.confirmed == []


async def test_real_money_does_not_move_before_the_go_live(engine: Engine) -> None:
    engine.gateway.moves_money = True
    await engine.find(1)
    done = await pay(engine.world, engine.contents, "call", "c1", command())
    assert (done.result, done.values["reason"]) == ("declined", "not_live")
    assert engine.gateway.confirmed == []


async def test_real_money_moves_after_the_go_live(engine: Engine) -> None:
    engine.gateway.moves_money = True
    engine.gateway.confirms[:] = [SUCCEEDED]
    await engine.find(1)
    await engine.store.write(lambda tx: tx.controls.set_live(True, "ada", engine.clock()))
    assert (await pay(engine.world, engine.contents, "call", "c1", command())).result == "success"
