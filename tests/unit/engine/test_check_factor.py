"""What was keyed is compared, in a limited number of tries over all calls."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from structlog.testing import capture_logs

from ivr.engine.check_factor import MOST_FAILURES, WINDOW, check_factor
from ivr.engine.set_pin import set_pin
from ivr.flows.effects import CheckFactor, SetPin
from ivr.flows.factor import Factor
from ivr.flows.on_the_line import Party
from tests.contract.samples import record
from tests.unit.engine.conftest import Engine

MARIA = Party("c1", "a1", "alert", "payments")
RIGHT = {Factor.BIRTH_DATE: "07311985", Factor.POSTCODE: "20001", Factor.ACCOUNT_DIGITS: "7812"}


@pytest.fixture(autouse=True)
async def _maria(engine: Engine) -> None:
    plain = record(1)
    customer = replace(plain.customer, birth_date=date(1985, 7, 31), postcode="20001")
    known = replace(plain, customer=customer, accounts=[replace(plain.accounts[0], ending="7812")])
    await engine.store.write(lambda tx: tx.customers.put(known))
    await engine.store.write(lambda tx: tx.customers.put(record(2)))


async def tried(
    engine: Engine,
    factor: Factor = Factor.BIRTH_DATE,
    keyed: str = "01011999",
    language: str = "en",
    party: Party = MARIA,
) -> str:
    done = await check_factor(engine.world, party, CheckFactor(3, factor, "factor"), keyed, language)
    assert (done.effect_id, done.values) == (3, {})
    return done.result


@pytest.mark.parametrize("factor", RIGHT)
async def test_what_the_store_holds_is_a_match_and_nothing_else_is(engine: Engine, factor: Factor) -> None:
    assert await tried(engine, factor, RIGHT[factor]) == "match"
    assert await tried(engine, factor, RIGHT[factor][::-1]) == "no_match"
    assert await tried(engine, factor, RIGHT[factor][:-1] + "3") == "no_match"


async def test_a_birth_date_is_in_the_order_of_the_language_that_is_spoken(engine: Engine) -> None:
    assert await tried(engine, keyed="31071985", language="es") == "match"
    assert await tried(engine, keyed="07311985", language="es") == "no_match"


async def test_a_pin_that_was_set_is_a_match(engine: Engine) -> None:
    assert await tried(engine, Factor.PIN, "7391") == "unavailable"
    await set_pin(engine.world, MARIA, SetPin(1, "a", "b"), "7391", "7391")
    assert await tried(engine, Factor.PIN, "7391") == "match"
    assert await tried(engine, Factor.PIN, "7392") == "no_match"


@pytest.mark.parametrize("factor", Factor)
async def test_where_nothing_is_stored_nothing_is_compared_and_no_try_counts(
    engine: Engine, factor: Factor
) -> None:
    nobody = replace(MARIA, customer_id="c2", account_id="a2")
    assert {await tried(engine, factor, party=nobody) for _ in range(2 * MOST_FAILURES)} == {"unavailable"}


async def test_the_last_wrong_try_locks_whatever_is_tried_and_in_whichever_call(engine: Engine) -> None:
    results = [await tried(engine) for _ in range(MOST_FAILURES)]
    assert results == ["no_match"] * (MOST_FAILURES - 1) + ["locked"]
    assert await tried(engine, keyed=RIGHT[Factor.BIRTH_DATE]) == "locked"
    assert await tried(engine, Factor.POSTCODE, RIGHT[Factor.POSTCODE]) == "locked"


async def test_a_lock_ends_when_a_failed_try_is_long_enough_ago(engine: Engine) -> None:
    for _ in range(MOST_FAILURES):
        await tried(engine)
    engine.clock.advance(seconds=WINDOW.total_seconds() - 1)
    assert await tried(engine, keyed=RIGHT[Factor.BIRTH_DATE]) == "locked"
    engine.clock.advance(seconds=1)
    assert await tried(engine, keyed=RIGHT[Factor.BIRTH_DATE]) == "match"


async def test_tries_that_are_refused_do_not_make_a_lock_longer(engine: Engine) -> None:
    for _ in range(MOST_FAILURES):
        await tried(engine)
    engine.clock.advance(hours=23)
    assert await tried(engine) == "locked"
    engine.clock.advance(hours=1)
    assert await tried(engine, keyed=RIGHT[Factor.BIRTH_DATE]) == "match"


async def test_a_match_takes_the_failed_tries_back(engine: Engine) -> None:
    for _ in range(MOST_FAILURES - 1):
        await tried(engine)
    assert await tried(engine, keyed=RIGHT[Factor.BIRTH_DATE]) == "match"
    assert [await tried(engine) for _ in range(2)] == ["no_match", "no_match"]


async def test_a_crash_while_it_is_compared_has_used_the_try(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    await set_pin(engine.world, MARIA, SetPin(1, "a", "b"), "7391", "7391")

    async def killed(pin_hash: str, keyed: str) -> bool:
        raise RuntimeError("killed")

    monkeypatch.setattr("ivr.engine.check_factor.is_pin", killed)
    for _ in range(MOST_FAILURES):
        with pytest.raises(RuntimeError):
            await tried(engine, Factor.PIN, "7391")
    assert await tried(engine, Factor.PIN, "7391") == "locked"


async def test_nothing_that_was_keyed_is_logged(engine: Engine) -> None:
    with capture_logs() as logs:
        for _ in range(MOST_FAILURES + 1):
            await tried(engine, keyed="08042001")
    assert [line["log_level"] for line in logs] == ["warning"]
    assert "08042001" not in str(logs)
