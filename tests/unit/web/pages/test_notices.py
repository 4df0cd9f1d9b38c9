"""What the payment provider tells by itself is looked up at once, whether the customer comes back or not."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from ivr.errors import GatewayError
from tests.unit.web.pages.test_paying_by_card import CardPost, cards

__all__ = ["cards"]


class Signed:
    """Notices that hold the intent's id, and `signed` as signature."""

    def intent_of(self, headers: Mapping[str, str], body: bytes) -> str | None:
        if headers.get("x-signature") != "signed":
            raise GatewayError("it is not signed")
        return body.decode() or None


async def told(cards: CardPost, body: str, signature: str = "signed") -> int:
    """Post a notice; return the status of the answer."""
    session = cards.post.reader.session
    sent = {"X-Signature": signature, "X-Forwarded-For": "203.0.113.50"}
    async with session.post(f"{cards.post.url}/l/payments", data=body.encode(), headers=sent) as answer:
        return answer.status


@pytest.fixture
def listening(cards: CardPost) -> CardPost:
    """Let the pages listen to the provider."""
    object.__setattr__(cards.post.desk, "notices", Signed())
    return cards


async def paid_on_the_page(cards: CardPost) -> str:
    """Have a customer pay and never come back; return our intent's id."""
    provider_id = await cards.is_sent_away(await cards.comes_to_the_menu())
    await cards.sandbox.pay_on_page(provider_id)
    return (await cards.sandbox.page(provider_id)).return_url.rpartition("/")[2]


async def test_a_notice_has_the_payment_looked_up_and_kept(listening: CardPost) -> None:
    intent_id = await paid_on_the_page(listening)
    assert [await told(listening, intent_id) for _ in range(2)] == [204, 204]
    assert await listening.owed() == 0
    assert [each["disposition"] for each in await listening.post.outcomes()] == ["payment"]


async def test_a_notice_is_not_believed(listening: CardPost) -> None:
    provider_id = await listening.is_sent_away(await listening.comes_to_the_menu())
    intent_id = (await listening.sandbox.page(provider_id)).return_url.rpartition("/")[2]
    assert await told(listening, intent_id) == 204
    assert await listening.owed() == 12_345


@pytest.mark.parametrize("body", ["", "nobody's"])
async def test_a_notice_about_nothing_of_ours_changes_nothing(listening: CardPost, body: str) -> None:
    assert await told(listening, body) == 204


async def test_what_is_not_signed_is_refused_and_whoever_sends_it_is_held_up(listening: CardPost) -> None:
    intent_id = await paid_on_the_page(listening)
    statuses = [await told(listening, intent_id, "forged") for _ in range(11)]
    assert statuses == [400] * 10 + [429]
    assert await listening.owed() == 12_345


async def test_what_is_too_long_is_refused(listening: CardPost) -> None:
    assert await told(listening, "x" * 70_000, "forged") == 400
    assert await told(listening, "x" * 70_000) == 204, "nothing of it is read"


async def test_where_nobody_listens_there_is_no_such_address(cards: CardPost) -> None:
    assert await told(cards, "i1") == 404
