"""Pages behind links as people see them: on a telephone and on a desk, without a script."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from ivr.flows.compliance import ForwardWay
from tests.unit.engine.scripted import SUCCEEDED
from tests.unit.web.pages.conftest import COMMENT, Post, passed_on, under
from tests.unit.web.pages.test_third_party_page import ANOTHER

pytestmark = pytest.mark.timeout(600)  # the browser may have to be fetched

TELEPHONE, DESK = 375, 1280
LEAST_TARGET = 44
"""Pixels that a thumb can hit."""


@dataclass
class Window:
    """One window of a browser, and the pictures that were taken of it."""

    page: Page
    folder: Path
    complaints: list[str] = field(default_factory=list)

    async def look(self, name: str) -> None:
        """Take a picture, and see that nothing is cut off, too small, or without a name."""
        width = self.page.viewport_size["width"] if self.page.viewport_size else 0
        await self.page.screenshot(path=self.folder / f"{name}-{width}.png", full_page=True)
        assert await self.page.evaluate("document.documentElement.scrollWidth") <= width, name
        for control in await self.page.locator("button:visible, summary:visible, .button:visible").all():
            box = await control.bounding_box()
            assert box is not None
            assert box["height"] >= LEAST_TARGET, (name, await control.inner_text())
        unnamed = "[...document.querySelectorAll('input:not([type=hidden]), textarea')]"
        assert await self.page.evaluate(f"{unnamed}.filter(each => !each.labels.length).length") == 0
        assert self.complaints == []

    async def presses(self, button: str) -> None:
        """Press a button, and wait for the page that follows."""
        async with self.page.expect_navigation():
            await self.page.get_by_role("button", name=button, exact=True).click()

    async def opens(self, summary: str) -> None:
        """Open one of the answers."""
        await self.page.locator("summary", has_text=summary).click()

    async def says(self, words: str) -> None:
        """See that these words are there."""
        await expect(self.page.get_by_text(words).first).to_be_visible()


@asynccontextmanager
async def window(browser: Browser, width: int, folder: Path, scheme: str = "light") -> AsyncIterator[Window]:
    """Open a window without scripts."""
    context = await browser.new_context(
        viewport={"width": width, "height": 720},
        java_script_enabled=False,
        color_scheme="dark" if scheme == "dark" else "light",
        extra_http_headers={"X-Forwarded-For": "203.0.113.9"},
    )
    page = await context.new_page()
    shown = Window(page, folder)
    page.on("console", lambda message: _complain(shown, message.text))
    page.on("pageerror", lambda error: shown.complaints.append(str(error)))
    yield shown
    await context.close()


def _complain(shown: Window, told: str) -> None:
    """Keep what a browser complains of, but for an answer that is no success."""
    if not told.startswith("Failed to load resource: the server responded with a status of 4"):
        shown.complaints.append(told)


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Return where pictures are put."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("width", [TELEPHONE, DESK])
async def test_a_customer_proves_to_be_them_and_pays(
    post: Post, browser: Browser, pictures: Path, width: int
) -> None:
    post.engine.gateway.confirms = [SUCCEEDED]
    url = await post.gets_a_link()
    async with window(browser, width, pictures) as shown:
        await shown.page.goto(url)
        await shown.says("This message is for Maria Lopez. Is that you?")
        await shown.look("identify")
        await shown.opens("I do not want to be contacted")
        await shown.look("leave-alone")
        await shown.presses("Yes, that is me")
        await shown.says("Your payment of $123.45 was due on March 1, 2026.")
        await shown.look("menu")
        await shown.presses("Pay now")
        await shown.look("prove")
        await shown.page.get_by_label("Your date of birth").fill("01/01/1970")
        await shown.presses("Continue")
        await shown.says("That is not what we have on file.")
        await shown.look("prove-wrong")
        await shown.page.get_by_label("Your date of birth").fill("04/23/1980")
        await shown.presses("Continue")
        await shown.says("We will charge your card that ends in 4242.")
        await shown.look("pay")
        await shown.presses("Pay now")
        await shown.says("Your payment of $123.45 was made.")
        await shown.look("paid")
        await shown.page.goto(url)
        await shown.says("This is already settled.")
        await shown.look("settled")


@pytest.mark.parametrize("width", [TELEPHONE, DESK])
async def test_a_promise_beyond_the_limits_is_mended_and_kept(
    post: Post, browser: Browser, pictures: Path, width: int
) -> None:
    url = await post.gets_a_link()
    async with window(browser, width, pictures, "dark" if width == DESK else "light") as shown:
        await shown.page.goto(url)
        await shown.presses("Yes, that is me")
        await shown.opens("Promise to pay")
        await shown.page.get_by_label("Amount", exact=True).last.fill("9999")
        await shown.page.get_by_label("Day", exact=True).fill("2026-03-09")
        await shown.presses("I promise")
        await shown.says("Please write an amount that can be chosen here")
        await shown.look("promise-wrong")
        await shown.page.get_by_label("Amount", exact=True).last.fill("50")
        await shown.presses("I promise")
        await shown.says("We expect $50.00 by March 9, 2026")
        await shown.look("promised")


@pytest.mark.parametrize("language", ["es", "fr"])
async def test_every_answer_opened_fits_a_small_telephone(
    post: Post, browser: Browser, pictures: Path, language: str
) -> None:
    url = await post.gets_a_link(language=language)
    async with window(browser, 320, pictures) as shown:
        await shown.page.goto(url)
        await shown.look(f"identify-{language}")
        async with shown.page.expect_navigation():
            await shown.page.locator("button").first.click()
        for number in range(await shown.page.locator(".answers summary").count()):
            await shown.page.locator(".answers summary").nth(number).click()
            await shown.look(f"menu-{language}-{number}")


@pytest.mark.parametrize("width", [TELEPHONE, DESK])
async def test_somebody_reads_what_was_passed_on_and_asks_for_a_call(
    post: Post, browser: Browser, pictures: Path, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = pictures / f"{COMMENT}.wav"
    file.write_bytes(_a_second_of_silence())
    monkeypatch.setattr(type(post.engine.recordings), "file", lambda _self, _name: file)
    url = await passed_on(post, (ForwardWay.LINK,))
    async with window(browser, width, pictures) as shown:
        await shown.page.goto(url)
        await shown.look("forwarded")
        await shown.presses("Read the message")
        await shown.says("This is what Maria Lopez says:")
        await expect(shown.page.locator("audio")).to_be_visible()
        await shown.opens("Be called by us")
        await shown.look("forwarded-read")
        await shown.page.get_by_label("Your telephone number").fill(ANOTHER)
        await shown.presses("Call me")
        await shown.says("We will call that number.")
        await shown.look("forwarded-called")


@pytest.mark.parametrize("width", [TELEPHONE, DESK])
async def test_what_can_not_be_shown_says_so_with_a_number_to_call(
    post: Post, browser: Browser, pictures: Path, width: int
) -> None:
    url = await post.gets_a_link()
    approval = await post.sends_again("payment-approval")
    post.engine.contents.go_live(under("us-debt-collection", post.engine.contents.live).live)
    async with window(browser, width, pictures) as shown:
        await shown.page.goto(f"{post.url}/l/{'x' * 22}")
        await shown.look("unknown")
        await shown.page.goto(approval)
        await shown.look("approve")
        await shown.page.goto(url)
        await shown.presses("Yes, that is me")
        for _ in range(5):
            await shown.page.get_by_label("Your date of birth").fill("01/01/1970")
            await shown.presses("Continue")
        await shown.says("There were too many wrong answers.")
        await shown.look("locked")
        post.engine.clock.advance(days=4)
        await shown.page.goto(url)
        await shown.look("expired")
        await expect(shown.page.get_by_role("link", name="Call us at (202) 555-0100")).to_have_attribute(
            "href", "tel:+12025550100"
        )


def _a_second_of_silence() -> bytes:
    import io
    import wave

    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(16_000))
    return buffer.getvalue()
