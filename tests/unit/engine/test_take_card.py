"""A card that is keyed in is kept by the provider; we keep a token, for this call."""

from __future__ import annotations

from dataclasses import dataclass, replace

from structlog.testing import capture_logs

from ivr.engine.pay import pay
from ivr.engine.take_card import take_card
from ivr.errors import GatewayError
from ivr.flows.effects import Pay, TakeCard
from ivr.flows.events import EffectDone
from ivr.money import Money
from ivr.payments.card import Card
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import SUCCEEDED

EFFECT = TakeCard(1, "card_number", "card_expiry", "card_code")
KEPT_AS = "tok_keyed"
KEYED = {"card_number": "4242424242424242", "card_expiry": "1230", "card_code": "739"}


@dataclass
class Keeper:
    """Keeps every card under one token; None: it is none that could be charged."""

    token: str | None = KEPT_AS
    is_away: bool = False
    kept: Card | None = None

    async def take_card(self, card: Card) -> str | None:
        if self.is_away:
            raise GatewayError("nobody is there")
        self.kept = card
        return self.token


async def take(engine: Engine, keeper: Keeper | None, **keyed: str) -> EffectDone:
    await engine.find(1)
    world = replace(engine.world, cards=keeper)
    return await take_card(world, "c1", EFFECT, {**KEYED, **keyed}, engine.clock().date())


async def test_the_provider_gets_the_card_and_we_keep_its_token_and_its_ending(engine: Engine) -> None:
    keeper = Keeper()
    done = await take(engine, keeper)
    assert keeper.kept == Card("4242424242424242", 2030, 12, "739")
    assert (done.result, done.values["kind"], done.values["ending"]) == ("taken", "card", "4242")
    kept = await engine.store.read(lambda tx: tx.customers.payment_method(str(done.values["id"])))
    assert kept is not None
    assert (kept.customer_id, kept.token) == ("c1", KEPT_AS)


async def test_it_can_be_paid_with_and_is_never_offered_again(engine: Engine) -> None:
    done = await take(engine, Keeper())
    engine.gateway.confirms = [SUCCEEDED]
    paid = await pay(
        engine.world, engine.contents, "call", "c1", Pay(2, "a1", Money(100, "USD"), str(done.values["id"]))
    )
    assert paid.result == "success"
    offered = await engine.store.read(lambda tx: tx.customers.payment_methods("c1"))
    assert [method.token for method in offered] == ["tok_ok"]


async def test_what_no_card_can_have_is_refused_without_asking_anybody(engine: Engine) -> None:
    keeper = Keeper()
    assert (await take(engine, keeper, card_code="7391")).result == "refused"
    assert keeper.kept is None


async def test_a_card_that_the_provider_will_not_charge_is_refused(engine: Engine) -> None:
    assert (await take(engine, Keeper(token=None))).result == "refused"


async def test_a_provider_that_is_away_and_a_host_that_may_not_fail_and_tell_no_digit(engine: Engine) -> None:
    with capture_logs() as logs:
        assert (await take(engine, Keeper(is_away=True))).result == "failed"
        assert (await take(engine, None)).result == "failed"
    assert len(logs) == 2
    assert not any(secret in str(logs) for secret in ("424242", "1230", "739"))
