"""The sandbox gateway's own faults and books; what every gateway must hold to is in the contract tests."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ivr.accounts.payment_method import PaymentMethod
from ivr.errors import GatewayError
from ivr.gateways.sandbox import (
    DECLINE,
    DECLINED_CARD,
    REQUIRES_ACTION,
    TIMEOUT_AFTER_CHARGE,
    TIMEOUT_BEFORE_CHARGE,
    SandboxGateway,
)
from ivr.money import Money
from ivr.payments.card import Card
from ivr.payments.intent import IntentState, PaymentIntent

GOOD = "tok_ok"


@pytest.fixture
def gateway(tmp_path: Path) -> SandboxGateway:
    return SandboxGateway(tmp_path / "sandbox.db")


async def created(gateway: SandboxGateway, token: str = GOOD) -> PaymentIntent:
    intent = PaymentIntent("i1", "a1", Money(1999, "USD"), "m1", IntentState.PENDING)
    result = await gateway.create(intent, PaymentMethod("m1", "c1", "card", "4242", token))
    return replace(intent, provider_id=result.provider_id)


async def test_a_charge_is_in_the_books(gateway: SandboxGateway) -> None:
    intent = await created(gateway)
    await gateway.confirm(intent)
    [charge] = await gateway.charges()
    assert (charge.intent_id, charge.amount, charge.provider_id) == (
        "i1",
        Money(1999, "USD"),
        intent.provider_id,
    )


async def test_an_answer_that_is_lost_after_the_charge_is_found_by_looking_it_up(
    gateway: SandboxGateway,
) -> None:
    intent = await created(gateway, TIMEOUT_AFTER_CHARGE)
    with pytest.raises(GatewayError, match="no answer"):
        await gateway.confirm(intent)
    assert (await gateway.look_up(intent)).state is IntentState.SUCCEEDED
    assert (await gateway.confirm(intent)).state is IntentState.SUCCEEDED
    assert len(await gateway.charges()) == 1


async def test_a_request_that_is_lost_before_the_charge_has_charged_nothing(gateway: SandboxGateway) -> None:
    intent = await created(gateway, TIMEOUT_BEFORE_CHARGE)
    with pytest.raises(GatewayError, match="no answer"):
        await gateway.confirm(intent)
    assert (await gateway.look_up(intent)).state is IntentState.PENDING
    assert (await gateway.confirm(intent)).state is IntentState.SUCCEEDED
    assert len(await gateway.charges()) == 1


async def test_it_is_charged_when_the_customer_agrees_on_the_page(gateway: SandboxGateway) -> None:
    intent = await created(gateway, REQUIRES_ACTION)
    await gateway.confirm(intent)
    assert (await gateway.agree(intent)).state is IntentState.SUCCEEDED
    assert len(await gateway.charges()) == 1


async def test_a_link_that_was_withdrawn_leads_to_no_charge(gateway: SandboxGateway) -> None:
    intent = await created(gateway, REQUIRES_ACTION)
    await gateway.confirm(intent)
    await gateway.cancel(intent)
    assert (await gateway.agree(intent)).state is IntentState.CANCELLED
    assert await gateway.charges() == []


async def test_the_books_outlive_the_gateway(tmp_path: Path) -> None:
    first = SandboxGateway(tmp_path / "s.db")
    intent = await created(first)
    result = await first.confirm(intent)
    assert await SandboxGateway(tmp_path / "s.db").look_up(intent) == result


async def test_books_that_can_not_be_opened_are_a_gateway_error(tmp_path: Path) -> None:
    with pytest.raises(GatewayError, match="can't be used"):
        await created(SandboxGateway(tmp_path / "nowhere" / "s.db"))


async def test_the_books_are_private(gateway: SandboxGateway, tmp_path: Path) -> None:
    await created(gateway)
    assert (tmp_path / "sandbox.db").stat().st_mode & 0o777 == 0o600


async def test_a_card_that_is_keyed_in_gets_a_token_and_is_nowhere_in_the_books(
    gateway: SandboxGateway, tmp_path: Path
) -> None:
    token = await gateway.take_card(Card("4242424242424242", 2030, 12, "739"))
    await gateway.confirm(await created(gateway, token))
    assert b"424242" not in (tmp_path / "sandbox.db").read_bytes()
    assert await gateway.take_card(Card(DECLINED_CARD, 2030, 12, "739")) == DECLINE
