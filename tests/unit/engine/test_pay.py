"""Money is taken at most once, whatever fails in between."""

from __future__ import annotations

from ivr.engine.pay import pay, reconcile_payments
from ivr.flows.effects import Pay
from ivr.flows.events import EffectDone
from ivr.money import Money
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import DECLINED, SUCCEEDED

OWED = Money(12_345, "USD")
NEVER_HEARD_OF_IT = None
SILENCE = None


def command(effect_id: int = 1) -> Pay:
    return Pay(effect_id, "a1", OWED, "m1")


async def ask(engine: Engine, effect_id: int = 1, call_id: str = "call") -> EffectDone:
    return await pay(engine.world, call_id, "c1", command(effect_id))


async def owed(engine: Engine) -> int:
    account = await engine.store.read(lambda tx: tx.customers.account("a1"))
    assert account is not None
    return account.amount_due.minor


async def test_a_success_is_booked_on_the_account(engine: Engine) -> None:
    await engine.find(1)
    engine.gateway.charges = [SUCCEEDED]
    assert (await ask(engine)).result == "success"
    assert await owed(engine) == 0


async def test_a_decline_books_nothing_and_another_try_may_follow(engine: Engine) -> None:
    await engine.find(1)
    engine.gateway.charges = [DECLINED, SUCCEEDED]
    assert (await ask(engine)).result == "declined"
    assert await owed(engine) == OWED.minor
    assert (await ask(engine, effect_id=2)).result == "success"


async def test_an_answer_that_was_lost_is_looked_up_and_not_asked_for_again(engine: Engine) -> None:
    await engine.find(1)
    engine.gateway.charges, engine.gateway.look_ups = [SILENCE], [SUCCEEDED]
    assert (await ask(engine)).result == "success"
    assert await owed(engine) == 0
    assert len(engine.gateway.charged) == 1


async def test_the_same_command_after_a_crash_is_the_same_intent(engine: Engine) -> None:
    await engine.find(1)
    engine.gateway.charges = [SUCCEEDED]
    first = await ask(engine)
    again = await ask(engine)
    assert (again.result, again.values) == (first.result, first.values)
    assert len(engine.gateway.charged) == 1


async def test_while_it_is_open_what_became_of_one_payment_no_other_is_begun(engine: Engine) -> None:
    await engine.find(1)
    engine.gateway.charges, engine.gateway.is_away = [SILENCE], True
    assert (await ask(engine)).result == "provider_error"
    done = await ask(engine, effect_id=2, call_id="another call")
    assert (done.result, done.values) == ("provider_error", {"reason": "earlier_payment_unresolved"})
    assert len(engine.gateway.charged) == 1


async def test_an_open_payment_is_booked_when_the_provider_is_back(engine: Engine) -> None:
    await engine.find(1)
    engine.gateway.charges, engine.gateway.is_away = [SILENCE], True
    await ask(engine)
    engine.gateway.is_away, engine.gateway.look_ups = False, [SUCCEEDED]
    assert await reconcile_payments(engine.world) == 0
    assert await owed(engine) == 0


async def test_a_payment_that_the_provider_never_saw_is_given_up_only_when_it_can_no_longer_arrive(
    engine: Engine,
) -> None:
    await engine.find(1)
    engine.gateway.charges = [SILENCE]
    engine.gateway.look_ups = [NEVER_HEARD_OF_IT] * 3
    assert (await ask(engine)).result == "provider_error"
    engine.clock.advance(seconds=119)
    assert await reconcile_payments(engine.world) == 1
    engine.clock.advance(seconds=2)
    assert await reconcile_payments(engine.world) == 0
    assert await owed(engine) == OWED.minor


async def test_a_method_that_is_not_the_customers_charges_nothing(engine: Engine) -> None:
    await engine.find(1)
    done = await pay(engine.world, "call", "c1", Pay(1, "a1", OWED, "somebody else's"))
    assert (done.result, done.values) == ("provider_error", {"reason": "no_such_method"})
    assert engine.gateway.charged == []
