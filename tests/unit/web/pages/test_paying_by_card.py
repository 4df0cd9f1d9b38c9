"""What a customer sees who pays with a card on the provider's page, and when they come back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from ivr.engine.deliver_messages import deliver_messages
from ivr.engine.pay_by_link import finish_link_payments
from ivr.engine.reconcile_payments import reconcile_payments
from ivr.errors import GatewayError
from ivr.gateways.sandbox import SandboxGateway
from ivr.money import Money
from ivr.payments.hosted_page import HostedPage
from ivr.payments.intent import ChargeResult, PaymentIntent
from tests.unit.engine.conftest import Engine
from tests.unit.engine.test_deliver_messages import BASE
from tests.unit.web.pages.conftest import Post, about_orders, posted, under
from tests.unit.web.pages.reader import Shown, tells_nothing


@dataclass
class CardPost:
    """Pages behind links, and a provider with pages of its own."""

    post: Post
    sandbox: SandboxGateway

    async def comes_to_the_menu(self) -> Shown:
        """Open a link to pay, and say to be the customer."""
        return await self.post.opens(await self.post.gets_a_link())

    async def is_sent_away(self, menu: Shown, button: str = "Pay with a card", **fields: str) -> str:
        """Choose to pay with a card; return the provider's id of the page that this leads to."""
        sent = await self.post.reader.sends(menu, button, **({"which": "all"} | fields))
        assert sent.status == 303
        address = sent.headers["Location"]
        assert address.startswith(f"{self.sandbox.pages_at}/pay/")
        return address.rpartition("/")[2]

    async def comes_back(self, provider_id: str) -> Shown:
        """Go where the provider's page leads to in the end."""
        page = await self.sandbox.page(provider_id)
        assert page.return_url.startswith(f"{BASE}/back/")
        return await self.post.reader.opens(page.return_url.replace(BASE, f"{self.post.url}/l"))

    async def owed(self) -> int:
        """Return what is due."""
        account = await self.post.engine.store.read(lambda tx: tx.customers.account("a1"))
        assert account is not None
        return account.amount_due.minor


@pytest.fixture
async def cards(engine: Engine, tmp_path: Path) -> AsyncIterator[CardPost]:
    sandbox = SandboxGateway(tmp_path / "provider.db", engine.clock)
    engine.world = replace(engine.world, gateway=sandbox, hosted_pages=sandbox)
    async with posted(engine) as post:
        yield CardPost(post, sandbox)


async def test_who_has_no_card_on_file_pays_with_any_card_without_a_proof(cards: CardPost) -> None:
    post = cards.post
    url = await post.gets_a_link()
    menu = await post.opens(url)
    assert "Your payment of $123.45 was due" in menu.words
    provider_id = await cards.is_sent_away(menu)
    assert await cards.sandbox.pay_on_page(provider_id)
    back = await cards.comes_back(provider_id)
    assert "Thank you. Your payment was made." in back.words
    assert await cards.owed() == 0
    [told] = await post.outcomes()
    assert (told["disposition"], told["proof"]) == ("payment", None)
    [attempt] = await post.engine.attempts()
    assert await post.engine.alert_state(attempt.alert_id) == "settled"
    assert "This is already settled." in (await post.reader.opens(url)).words
    assert "This is already settled." not in (await cards.comes_back(provider_id)).words


async def test_the_receipt_tells_nothing_of_a_card(cards: CardPost) -> None:
    post = cards.post
    provider_id = await cards.is_sent_away(await cards.comes_to_the_menu())
    await cards.sandbox.pay_on_page(provider_id)
    for _ in range(2):
        await cards.comes_back(provider_id)
    await deliver_messages(post.engine.world, post.engine.contents)
    _, receipt = post.email.given
    assert "we received a payment of $123.45 by card, from the link that we had sent you" in receipt.body
    assert "4242" not in receipt.body


async def test_what_the_provider_knows_of_us_opens_no_page_and_tells_nothing_of_the_account(
    cards: CardPost,
) -> None:
    url = await cards.post.gets_a_link()
    provider_id = await cards.is_sent_away(await cards.post.opens(url))
    page = await cards.sandbox.page(provider_id)
    assert url.rpartition("/")[2] not in page.return_url
    assert page.title == "Payment to Sample Bank"
    back = await cards.comes_back(provider_id)
    assert back.forms == []
    assert not any(word in back.words for word in ("123.45", "Maria", "4242"))
    assert back.headers["Referrer-Policy"] == "no-referrer"


async def test_who_gives_up_there_is_told_that_nothing_was_charged(cards: CardPost) -> None:
    menu = await cards.comes_to_the_menu()
    back = await cards.comes_back(await cards.is_sent_away(menu))
    assert "You have not paid, and nothing was charged." in back.words
    assert "open the link in our message again" in back.words
    assert await cards.post.outcomes() == []
    assert await cards.owed() == 12_345


async def test_the_same_page_sent_twice_leads_to_one_page_and_says_when_it_was_paid(cards: CardPost) -> None:
    menu = await cards.comes_to_the_menu()
    first, again = await cards.is_sent_away(menu), await cards.is_sent_away(menu)
    assert first == again
    await cards.sandbox.pay_on_page(first)
    shown = await cards.post.reader.sends(menu, "Pay with a card", which="all")
    assert "Your payment of $123.45 was made" in shown.words
    assert len(await cards.sandbox.charges()) == 1


async def test_another_amount_can_be_paid_and_more_than_is_due_can_not(cards: CardPost) -> None:
    menu = await cards.comes_to_the_menu()
    shown = await cards.post.reader.sends(menu, "Pay with a card", which="other", amount="200")
    assert (shown.status, "Please write an amount" in shown.words) == (422, True)
    before = await cards.is_sent_away(menu)
    part = await cards.is_sent_away(shown, which="other", amount="23.45")
    assert not await cards.sandbox.pay_on_page(before), "the page for all of it is closed"
    assert await cards.sandbox.pay_on_page(part)
    await cards.comes_back(part)
    assert await cards.owed() == 10_000


async def test_who_never_comes_back_has_paid_all_the_same(cards: CardPost) -> None:
    provider_id = await cards.is_sent_away(await cards.comes_to_the_menu())
    await cards.sandbox.pay_on_page(provider_id)
    engine = cards.post.engine
    await reconcile_payments(engine.world, engine.contents)
    await finish_link_payments(engine.world, engine.contents)
    assert await cards.owed() == 0
    assert [told["disposition"] for told in await cards.post.outcomes()] == ["payment"]


async def test_where_the_profile_wants_a_proof_nobody_is_sent_to_pay_before(cards: CardPost) -> None:
    post = cards.post
    post.engine.contents.go_live(under("us-debt-collection", post.engine.contents.live).live)
    question = await post.opens(await post.gets_a_link())
    assert tells_nothing(question)
    fields = {**question.form("Continue").fields, "do": "pay", "by": "card", "which": "all"}
    refused = await post.reader.posts(question.url, fields)
    assert (refused.status, tells_nothing(refused)) == (200, True)
    await cards.is_sent_away(await post.proves(question), "Pay with another card")


async def test_a_saved_card_is_offered_too_and_named_after_a_proof_only(cards: CardPost) -> None:
    post = cards.post
    menu = await cards.comes_to_the_menu()
    assert "4242" not in menu.words
    proved = await post.proves(await post.reader.sends(menu, "Pay with the card on file"))
    assert "card that ends in 4242" in proved.words
    shown = await post.reader.sends(proved, "Pay now", which="all")
    assert "Your payment of $123.45 was made" in shown.words
    assert [charge.method_id for charge in await cards.sandbox.charges()] == ["m1"]


async def test_who_was_shown_an_old_amount_is_sent_nowhere(cards: CardPost) -> None:
    post = cards.post
    menu = await cards.comes_to_the_menu()
    await post.engine.store.write(
        lambda tx: tx.customers.apply_payment("a1", Money(2_345, "USD"), "elsewhere", post.engine.clock())
    )
    shown = await post.reader.sends(menu, "Pay with a card", which="all")
    assert "has changed since you opened this page. Nothing was charged." in shown.words
    await cards.is_sent_away(shown)


async def test_a_matter_that_is_not_one_to_pay_sends_nobody_to_pay(cards: CardPost) -> None:
    post = cards.post
    url = await post.gets_a_link("answer-link")
    post.engine.contents.go_live(about_orders(post.engine.contents.live).live)
    menu = await post.opens(url)
    assert not menu.offers("Pay with a card")
    forged = {**menu.forms[0].fields, "do": "pay", "by": "card", "which": "other", "amount": "1.00"}
    refused = await post.reader.posts(url, forged)
    assert (refused.status, refused.headers.get("Location")) == (200, None)
    assert "This page was open for too long" in refused.words
    assert await post.engine.store.read(lambda tx: tx.payments.unresolved("a1")) == []


async def test_browsers_are_let_go_to_the_provider_and_to_nobody_else(cards: CardPost) -> None:
    menu = await cards.comes_to_the_menu()
    policy = menu.headers["Content-Security-Policy"]
    assert f"form-action 'self' {cards.sandbox.pages_at};" in policy


@pytest.mark.parametrize("address", ["back/nobodys", "back/", "back/a/b"])
async def test_an_address_that_nobody_was_sent_from_is_no_page(cards: CardPost, address: str) -> None:
    assert (await cards.post.reader.opens(f"{cards.post.url}/l/{address}")).status == 404


async def test_a_return_that_is_asked_for_too_often_is_held_up(cards: CardPost) -> None:
    provider_id = await cards.is_sent_away(await cards.comes_to_the_menu())
    statuses = [(await cards.comes_back(provider_id)).status for _ in range(31)]
    assert statuses == [200] * 30 + [429]


@pytest.mark.parametrize(
    ("language", "words"), [("es", "Usted no ha pagado"), ("fr", "Vous n'avez pas payé")]
)
async def test_who_comes_back_is_told_in_the_language_of_the_message(
    cards: CardPost, language: str, words: str
) -> None:
    post = cards.post
    menu = await post.reader.opens(await post.gets_a_link(language=language))
    menu = await post.reader.posts(menu.url, {**menu.forms[0].fields})
    button = {"es": "Pagar con tarjeta", "fr": "Payer par carte"}[language]
    back = await cards.comes_back(await cards.is_sent_away(menu, button))
    assert words in back.words


async def test_it_asks_to_be_called_at_the_number_of_the_matters_rule(cards: CardPost) -> None:
    post = cards.post
    live = post.engine.contents.live
    rule = live.book.rules["payment-overdue"].model_copy(update={"call_back_number": "+18005550123"})
    post.engine.contents.go_live(replace(live, book=replace(live.book, rules={rule.name: rule})))
    back = await cards.comes_back(await cards.is_sent_away(await cards.comes_to_the_menu()))
    assert "Call us at (800) 555-0123" in back.words


async def test_a_double_tap_leads_to_the_page_though_the_provider_is_busy_with_the_first(
    cards: CardPost, monkeypatch: pytest.MonkeyPatch
) -> None:
    menu = await cards.comes_to_the_menu()
    make, is_asked, is_refused = cards.sandbox.open_page, asyncio.Event(), asyncio.Event()

    async def busy(intent: PaymentIntent, page: HostedPage) -> ChargeResult:
        if is_asked.is_set():
            is_refused.set()
            raise GatewayError("HTTP 409, idempotency_key_in_use")
        is_asked.set()
        await is_refused.wait()
        return await make(intent, page)

    monkeypatch.setattr(cards.sandbox, "open_page", busy)
    async with asyncio.timeout(30), asyncio.TaskGroup() as taps:
        first = taps.create_task(cards.is_sent_away(menu))
        await is_asked.wait()
        second = taps.create_task(cards.is_sent_away(menu))
    assert first.result() == second.result()
    assert await cards.sandbox.pay_on_page(second.result())
