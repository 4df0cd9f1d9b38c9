"""The sandbox gateway charges an intent at most once, whatever happens to the answer."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from ivr.accounts.payment_method import PaymentMethod
from ivr.errors import GatewayError
from ivr.gateways.sandbox import DECLINE, TIMEOUT_AFTER_CHARGE, SandboxGateway
from ivr.money import Money
from ivr.payments.gateway import PaymentGateway
from ivr.payments.intent import ChargeResult, IntentState, PaymentIntent


@pytest.fixture
def gateway(tmp_path: Path) -> SandboxGateway:
    return SandboxGateway(tmp_path / "sandbox.db")


def intent(intent_id: str = "i1", minor: int = 1999) -> PaymentIntent:
    return PaymentIntent(intent_id, "a1", Money(minor, "USD"), "m1", IntentState.PENDING)


def method(token: str = "") -> PaymentMethod:
    return PaymentMethod("m1", "c1", "card", "4242", token)


async def test_it_fills_the_port(gateway: SandboxGateway) -> None:
    port: PaymentGateway = gateway
    assert await port.look_up("i1") is None


async def test_a_charge_is_in_the_books(gateway: SandboxGateway) -> None:
    result = await gateway.charge(intent(), method())
    assert result.state is IntentState.SUCCEEDED
    [charge] = await gateway.charges()
    assert (charge.intent_id, charge.amount, charge.provider_id) == (
        "i1",
        Money(1999, "USD"),
        result.provider_id,
    )


async def test_the_same_intent_again_gets_the_first_result_and_is_charged_once(
    gateway: SandboxGateway,
) -> None:
    results = await asyncio.gather(*(gateway.charge(intent(), method()) for _ in range(8)))
    assert len(set(results)) == 1
    assert len(await gateway.charges()) == 1


async def test_a_declined_intent_takes_no_money_and_stays_declined(gateway: SandboxGateway) -> None:
    result = await gateway.charge(intent(), method(DECLINE))
    assert result == ChargeResult(IntentState.DECLINED, result.provider_id, "card_declined")
    assert await gateway.charge(intent(), method(DECLINE)) == result
    assert await gateway.charges() == []


async def test_a_lost_answer_is_found_by_looking_it_up(gateway: SandboxGateway) -> None:
    with pytest.raises(GatewayError, match="no answer"):
        await gateway.charge(intent(), method(TIMEOUT_AFTER_CHARGE))
    found = await gateway.look_up("i1")
    assert found is not None
    assert found.state is IntentState.SUCCEEDED
    assert await gateway.charge(intent(), method(TIMEOUT_AFTER_CHARGE)) == found
    assert len(await gateway.charges()) == 1


async def test_the_books_outlive_the_gateway(tmp_path: Path) -> None:
    result = await SandboxGateway(tmp_path / "s.db").charge(intent(), method())
    assert await SandboxGateway(tmp_path / "s.db").look_up("i1") == result


async def test_an_intent_can_not_be_used_for_another_amount(gateway: SandboxGateway) -> None:
    await gateway.charge(intent(), method())
    with pytest.raises(GatewayError, match="another amount"):
        await gateway.charge(intent(minor=2000), method())
    assert len(await gateway.charges()) == 1


async def test_books_that_can_not_be_opened_are_a_gateway_error(tmp_path: Path) -> None:
    with pytest.raises(GatewayError, match="can't be used"):
        await SandboxGateway(tmp_path / "nowhere" / "s.db").look_up("i1")


async def test_the_books_are_private(gateway: SandboxGateway, tmp_path: Path) -> None:
    await gateway.charge(intent(), method())
    assert (tmp_path / "sandbox.db").stat().st_mode & 0o777 == 0o600
