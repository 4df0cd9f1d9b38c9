"""A customer pays by card in a real browser, on the sandbox's own page, and the books show one payment."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playwright.async_api import Browser

from ivr.gateways.sandbox import SandboxGateway
from ivr.gateways.sandbox_site import serving_sandbox_pages
from tests.e2e.test_pages import DESK, pictures, window
from tests.unit.engine.conftest import Engine
from tests.unit.web.pages.conftest import Post, posted

__all__ = ["pictures"]

pytestmark = pytest.mark.timeout(600)  # the browser may have to be fetched

SMALL = 320


@dataclass
class Paying:
    """Pages behind links, and the sandbox's own, both served."""

    post: Post
    sandbox: SandboxGateway


@pytest.fixture
async def paying(engine: Engine, tmp_path: Path, unused_tcp_port: int) -> AsyncIterator[Paying]:
    async with AsyncExitStack() as stack:
        sandbox = SandboxGateway(tmp_path / "provider.db", engine.clock)
        await stack.enter_async_context(serving_sandbox_pages(sandbox))
        engine.world = replace(engine.world, gateway=sandbox, hosted_pages=sandbox)
        base = f"http://127.0.0.1:{unused_tcp_port}/l"
        yield Paying(await stack.enter_async_context(posted(engine, base, unused_tcp_port)), sandbox)


@pytest.mark.parametrize("width", [SMALL, DESK])
async def test_a_customer_pays_with_a_card_on_the_providers_page_once(
    paying: Paying, browser: Browser, pictures: Path, width: int
) -> None:
    post = paying.post
    url = await post.gets_a_link()
    async with window(browser, width, pictures) as shown:
        await shown.page.goto(url)
        await shown.presses("Yes, that is me")
        await shown.says("You enter your card on our payment provider's own page.")
        await shown.look("pay-by-card")
        await shown.presses("Pay with a card")
        await shown.says("Sandbox: no money is moved here.")
        await shown.says("123.45 USD")
        assert shown.page.url.startswith(f"{paying.sandbox.pages_at}/pay/")
        await shown.presses("Give up")
        await shown.says("You have not paid, and nothing was charged.")
        await shown.look("back-not-paid")
        await shown.page.goto(url)
        await shown.presses("Yes, that is me")
        await shown.presses("Pay with a card")
        await shown.presses("Be declined")
        await shown.says("The card was declined.")
        await shown.look("sandbox-declined")
        await shown.presses("Pay")
        await shown.says("Thank you. Your payment was made.")
        await shown.look("back-paid")
        await shown.page.goto(url)
        await shown.says("This is already settled.")
    [charge] = await paying.sandbox.charges()
    assert charge.amount.minor == 12_345
    account = await post.engine.store.read(lambda tx: tx.customers.account("a1"))
    assert account is not None
    assert account.amount_due.minor == 0
    assert [told["disposition"] for told in await post.outcomes()] == ["payment"]


async def test_who_proved_to_be_them_chooses_between_the_saved_card_and_another(
    paying: Paying, browser: Browser, pictures: Path
) -> None:
    url = await paying.post.gets_a_link()
    async with window(browser, SMALL, pictures) as shown:
        await shown.page.goto(url)
        await shown.presses("Yes, that is me")
        await shown.presses("Pay with the card on file")
        await shown.page.get_by_label("Your date of birth").fill("04/23/1980")
        await shown.presses("Continue")
        await shown.says("We will charge your card that ends in 4242.")
        await shown.look("pay-saved-or-card")
        await shown.presses("Pay with another card")
        await shown.says("Payment to Sample Bank")
