"""A customer pays on the provider's page: once at most, whatever fails, and whether they come back or not."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_OID, uuid5

import pytest

from ivr.clock import Clock
from ivr.engine.content import Contents
from ivr.engine.open_intent import AMOUNT_CHANGED, UNREACHABLE, UNRESOLVED, open_intent
from ivr.engine.pay import pay
from ivr.engine.pay_by_link import NOT_THEIRS, finish_link_payments
from ivr.engine.pay_on_hosted_page import HostedPayment, pay_on_hosted_page
from ivr.engine.ports import CustomerRecord, LinkPayment
from ivr.engine.reconcile_payments import IN_FLIGHT, LINK_GOOD_FOR, abandon_payment, reconcile_payments
from ivr.engine.return_from_page import return_from_page
from ivr.engine.world import World
from ivr.errors import GatewayError
from ivr.flows.effects import Pay
from ivr.gateways.sandbox import SandboxGateway
from ivr.money import Money
from ivr.payments.hosted_page import HostedPage
from ivr.payments.intent import ChargeResult, IntentState, PaymentIntent
from tests.contract.samples import record
from tests.unit.engine.conftest import Engine
from tests.unit.engine.test_pay_by_link import begun, said

DUE = Money(12_345, "USD")
WANTED = HostedPayment("c1", "a1", DUE, DUE, "Payment to Sample Bank", "en")


class Pages(SandboxGateway):
    """The sandbox, which is away when a test says so."""

    is_away = False
    loses_answers = 0
    """So many pages are made without anybody hearing of them."""
    asked: list[HostedPage]

    async def open_page(self, intent: PaymentIntent, page: HostedPage) -> ChargeResult:
        if self.is_away:
            raise GatewayError("nobody is there")
        self.asked.append(page)
        result = await super().open_page(intent, page)
        if self.loses_answers:
            self.loses_answers -= 1
            raise GatewayError("no answer in time")
        return result

    async def cancel(self, intent: PaymentIntent) -> ChargeResult:
        if self.is_away:
            raise GatewayError("nobody is there")
        return await super().cancel(intent)


@pytest.fixture
def pages(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Have the engine work with a provider that has pages."""
    clock: Clock = engine.clock
    pages = Pages(tmp_path_factory.mktemp("provider") / "books.db", clock)
    pages.asked = []
    messaging = replace(engine.world.messaging, link_base="https://bank.test/l/")
    engine.world = replace(engine.world, gateway=pages, hosted_pages=pages, messaging=messaging)
    return pages


async def asks(
    engine: Engine, payment: LinkPayment, wanted: HostedPayment = WANTED, page: str = "page/1"
) -> ChargeResult:
    assert engine.world.hosted_pages is not None
    asked = replace(payment, id=page)
    return await pay_on_hosted_page(engine.world, engine.contents, engine.world.hosted_pages, asked, wanted)


async def intents(engine: Engine) -> list[PaymentIntent]:
    return list(await engine.store.read(lambda tx: tx.payments.unresolved()))


async def owed(engine: Engine) -> int:
    account = await engine.store.read(lambda tx: tx.customers.account("a1"))
    assert account is not None
    return account.amount_due.minor


def provider_id(result: ChargeResult) -> str:
    assert result.state is IntentState.REQUIRES_ACTION
    assert result.provider_id is not None
    return result.provider_id


async def no_time_passes(seconds: float) -> None:
    """Wait for nothing."""


async def sweep(engine: Engine) -> None:
    await reconcile_payments(engine.world, engine.contents)
    await finish_link_payments(engine.world, engine.contents)


async def test_the_providers_id_is_on_disk_before_the_customer_is_sent_there(
    engine: Engine, pages: Pages
) -> None:
    result = await asks(engine, await begun(engine))
    [intent] = await intents(engine)
    assert (intent.provider_id, intent.state) == (result.provider_id, IntentState.REQUIRES_ACTION)
    assert (intent.method_id, intent.sequence) == (None, 1)
    [page] = pages.asked
    assert page.return_url == f"https://bank.test/l/back/{intent.id}"
    assert page.expires_at == engine.clock() + LINK_GOOD_FOR


async def test_who_pays_and_comes_back_is_told_so_and_it_is_booked_once(engine: Engine, pages: Pages) -> None:
    result = await asks(engine, await begun(engine))
    [intent] = await intents(engine)
    await pages.pay_on_page(provider_id(result))
    for _ in range(2):
        returned = await return_from_page(engine.world, engine.contents, intent.id)
        assert returned is not None
        assert (returned.state, returned.language, returned.rule) == (
            IntentState.SUCCEEDED,
            "en",
            "payment-overdue",
        )
    assert await owed(engine) == 0
    assert [told["disposition"] for told in await said(engine)] == ["payment"]
    again = await asks(engine, await begun_before(engine))
    assert again.state is IntentState.SUCCEEDED
    assert len(await pages.charges()) == 1


async def begun_before(engine: Engine) -> LinkPayment:
    """Return what the page had written down, for the same page sent once more."""
    found = await engine.store.read(lambda tx: tx.messages.get("m1"))
    assert found is not None
    return LinkPayment("page/1", "m1", found.alert_id, "w1", "pin", engine.clock())


async def test_who_pays_and_never_comes_back_has_paid(engine: Engine, pages: Pages) -> None:
    result = await asks(engine, await begun(engine))
    await pages.pay_on_page(provider_id(result))
    await sweep(engine)
    assert await owed(engine) == 0
    assert [told["disposition"] for told in await said(engine)] == ["payment"]


async def test_who_comes_back_without_having_paid_is_told_so_and_may_still_pay(
    engine: Engine, pages: Pages
) -> None:
    result = await asks(engine, await begun(engine))
    [intent] = await intents(engine)
    returned = await return_from_page(engine.world, engine.contents, intent.id)
    assert returned is not None
    assert returned.state is IntentState.REQUIRES_ACTION
    assert await pages.pay_on_page(provider_id(result))
    await sweep(engine)
    assert await owed(engine) == 0


async def test_nobody_comes_back_from_where_we_sent_nobody(engine: Engine, pages: Pages) -> None:
    assert await return_from_page(engine.world, engine.contents, "nobody's") is None


async def test_the_same_page_again_leads_to_the_same_page(engine: Engine, pages: Pages) -> None:
    payment = await begun(engine)
    first, again = await asks(engine, payment), await asks(engine, payment)
    assert (first.link, first.provider_id) == (again.link, again.provider_id)
    assert len(pages.asked) == 1


async def test_a_page_that_nobody_uses_is_withdrawn_after_an_hour_and_is_no_answer(
    engine: Engine, pages: Pages
) -> None:
    result = await asks(engine, await begun(engine))
    engine.clock.advance(seconds=LINK_GOOD_FOR.total_seconds())
    await sweep(engine)
    assert not await pages.pay_on_page(provider_id(result))
    assert await intents(engine) == []
    assert await said(engine) == []


async def test_another_amount_withdraws_the_page_before(engine: Engine, pages: Pages) -> None:
    payment = await begun(engine)
    first = await asks(engine, payment)
    part = replace(WANTED, amount=Money(2_500, "USD"))
    second = await asks(engine, payment, part, page="page/2")
    assert not await pages.pay_on_page(provider_id(first))
    assert await pages.pay_on_page(provider_id(second))
    await sweep(engine)
    assert await owed(engine) == DUE.minor - 2_500
    assert [charge.amount.minor for charge in await pages.charges()] == [2_500]


async def test_what_was_paid_before_another_amount_was_wanted_counts(engine: Engine, pages: Pages) -> None:
    payment = await begun(engine)
    first = await asks(engine, payment)
    await pages.pay_on_page(provider_id(first))
    late = await asks(engine, payment, replace(WANTED, amount=Money(2_500, "USD")), page="page/2")
    assert (late.state, late.reason) == (IntentState.DECLINED, AMOUNT_CHANGED)
    assert await owed(engine) == 0
    assert len(await pages.charges()) == 1


async def test_a_call_that_pays_withdraws_the_page(engine: Engine, pages: Pages) -> None:
    first = await asks(engine, await begun(engine))
    done = await pay(engine.world, engine.contents, "call", "c1", Pay(1, "a1", DUE, "m1", due=DUE))
    assert done.result == "success"
    assert not await pages.pay_on_page(provider_id(first))
    assert len(await pages.charges()) == 1


async def test_an_account_that_is_paid_elsewhere_withdraws_the_page(engine: Engine, pages: Pages) -> None:
    first = await asks(engine, await begun(engine))
    await sweep(engine)
    assert (await intents(engine)) != [], "nothing has changed yet"
    await engine.store.write(
        lambda tx: tx.customers.apply_payment("a1", Money(100, "USD"), "branch", engine.clock())
    )
    await sweep(engine)
    assert await intents(engine) == []
    assert not await pages.pay_on_page(provider_id(first))


async def test_while_a_page_can_not_be_withdrawn_nothing_else_is_begun(engine: Engine, pages: Pages) -> None:
    payment = await begun(engine)
    await asks(engine, payment)
    pages.is_away = True
    part = replace(WANTED, amount=Money(2_500, "USD"))
    late = await asks(engine, payment, part, page="page/2")
    assert (late.state, late.reason) == (IntentState.UNKNOWN, UNRESOLVED)


async def test_an_answer_that_is_lost_once_is_asked_for_again_under_the_same_key(
    engine: Engine, pages: Pages
) -> None:
    pages.loses_answers = 1
    result = await asks(engine, await begun(engine))
    assert await pages.pay_on_page(provider_id(result))
    assert len(pages.asked) == 2


async def test_what_is_asked_for_again_after_a_crash_is_asked_for_in_the_same_words(
    engine: Engine, pages: Pages
) -> None:
    """Stripe gives a key its first answer again for the same request only."""
    payment = await begun(engine)
    intent_id = uuid5(NAMESPACE_OID, "hosted/page/1").hex
    hosted = PaymentIntent(intent_id, "a1", DUE, None, IntentState.PENDING)
    opened_at = engine.clock()
    assert await engine.store.write(lambda tx: tx.payments.open_intent(hosted, opened_at))
    engine.clock.advance(seconds=60)
    await asks(engine, payment)
    [page] = pages.asked
    assert page.expires_at == opened_at + LINK_GOOD_FOR


async def test_a_provider_that_is_away_has_sent_nobody_anywhere(engine: Engine, pages: Pages) -> None:
    pages.is_away = True
    result = await asks(engine, await begun(engine))
    assert (result.state, result.reason) == (IntentState.CANCELLED, UNREACHABLE)
    assert await intents(engine) == []


async def test_the_second_of_two_presses_does_not_give_up_what_the_first_is_about_to_open(
    engine: Engine, pages: Pages
) -> None:
    engine.world = replace(engine.world, wait=no_time_passes)
    payment = await begun(engine)
    make = pages.open_page
    second: list[ChargeResult] = []

    async def slowly(intent: PaymentIntent, page: HostedPage) -> ChargeResult:
        if not second:
            pages.open_page = make  # type: ignore[method-assign]
            pages.is_away = True
            second.append(await asks(engine, payment))
            pages.is_away = False
        return await make(intent, page)

    pages.open_page = slowly  # type: ignore[method-assign]
    first = await asks(engine, payment)
    assert second == [ChargeResult(IntentState.UNKNOWN, reason=UNRESOLVED)], "nobody was sent anywhere"
    assert await pages.pay_on_page(provider_id(first))


async def test_the_second_of_two_presses_leads_where_the_first_does(engine: Engine, pages: Pages) -> None:
    """The browser follows the answer to the second, and the provider is busy with the first meanwhile."""
    payment = await begun(engine)
    make = pages.open_page
    is_waited_for, is_asked = asyncio.Event(), asyncio.Event()

    async def busy(intent: PaymentIntent, page: HostedPage) -> ChargeResult:
        if is_asked.is_set():
            raise GatewayError("HTTP 409, idempotency_key_in_use")
        is_asked.set()
        await is_waited_for.wait()
        return await make(intent, page)

    async def wait(seconds: float) -> None:
        is_waited_for.set()
        await asyncio.sleep(0.001)

    pages.open_page = busy  # type: ignore[method-assign]
    engine.world = replace(engine.world, wait=wait)
    async with asyncio.timeout(30), asyncio.TaskGroup() as both:
        first = both.create_task(asks(engine, payment))
        await is_asked.wait()
        second = both.create_task(asks(engine, payment))
    assert first.result().link == second.result().link
    assert await pages.pay_on_page(provider_id(second.result()))


async def test_of_two_presses_that_are_written_down_at_once_neither_gives_the_other_up(
    engine: Engine, pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    payment = await begun(engine)

    async def after_another(world: World, contents: Contents, new: PaymentIntent, *args: Any) -> Any:
        assert await open_intent(world, contents, new, *args)
        return await open_intent(world, contents, new, *args)

    monkeypatch.setattr("ivr.engine.pay_on_hosted_page.open_intent", after_another)
    assert await pages.pay_on_page(provider_id(await asks(engine, payment)))


async def test_the_first_of_two_presses_gives_up_nothing_that_the_second_has_opened(
    engine: Engine, pages: Pages
) -> None:
    payment = await begun(engine)
    make = pages.open_page
    second: list[ChargeResult] = []

    async def lost(intent: PaymentIntent, page: HostedPage) -> ChargeResult:
        if not second:
            pages.open_page = make  # type: ignore[method-assign]
            second.append(await asks(engine, payment))
            pages.open_page = lost  # type: ignore[method-assign]
        raise GatewayError("no answer in time")

    pages.open_page = lost  # type: ignore[method-assign]
    await asks(engine, payment)
    assert await pages.pay_on_page(provider_id(second[0]))
    await sweep(engine)
    assert await owed(engine) == 0


async def test_a_page_that_opens_while_another_way_is_chosen_is_never_lost_sight_of(
    engine: Engine, pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other way has seen the payment without an id, which is stored before it can give it up."""
    payment = await begun(engine)
    hosted = PaymentIntent("i1", "a1", DUE, None, IntentState.PENDING)
    assert await engine.store.write(lambda tx: tx.payments.open_intent(hosted, engine.clock()))
    back = HostedPage("", "en", "https://bank.test", engine.clock() + LINK_GOOD_FOR)
    made = await pages.open_page(hosted, back)

    async def late(world: World, intent: PaymentIntent) -> None:
        await world.store.write(lambda tx: tx.payments.identify(intent.id, provider_id(made)))
        await abandon_payment(world, intent)

    monkeypatch.setattr("ivr.engine.open_intent.abandon_payment", late)
    other = await asks(engine, payment)
    assert (other.state, other.reason) == (IntentState.UNKNOWN, UNRESOLVED)
    assert await pages.pay_on_page(provider_id(made))
    await sweep(engine)
    assert await owed(engine) == 0


async def test_who_was_told_an_old_amount_is_sent_nowhere(engine: Engine, pages: Pages) -> None:
    payment = await begun(engine)
    result = await asks(engine, payment, replace(WANTED, due=Money(99_999, "USD")))
    assert (result.state, result.reason) == (IntentState.DECLINED, AMOUNT_CHANGED)
    assert pages.asked == []


async def test_an_account_that_changes_hands_before_is_not_paid_for_its_new_owner(
    engine: Engine, pages: Pages
) -> None:
    payment = await begun(engine)
    other = record(2)
    moved = [replace(each, customer_id="c2") for each in record(1).accounts]
    put = CustomerRecord(other.customer, [*other.accounts, *moved], other.contact_points, ())
    await engine.store.write(lambda tx: tx.customers.put(put))
    result = await asks(engine, payment)
    assert (result.state, result.reason) == (IntentState.DECLINED, NOT_THEIRS)
    assert pages.asked == []


async def test_long_after_a_crash_the_page_is_not_opened_anew(engine: Engine, pages: Pages) -> None:
    payment = await begun(engine)
    pages.loses_answers = 2
    await asks(engine, payment)
    engine.clock.advance(seconds=(IN_FLIGHT + timedelta(seconds=1)).total_seconds())
    assert (await asks(engine, payment)).state is IntentState.CANCELLED
    assert await pages.charges() == []


async def test_real_money_does_not_move_before_the_go_live(
    engine: Engine, pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Pages, "moves_money", True)
    result = await asks(engine, await begun(engine))
    assert (result.state, result.reason) == (IntentState.DECLINED, "not_live")
    assert pages.asked == []
