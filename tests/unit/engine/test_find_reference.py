"""A reference finds whom it belongs to; guessing is counted by telephone, mistyping is not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ivr.alerts.reference import check_digit
from ivr.engine.find_reference import find_reference
from ivr.engine.host import Host
from ivr.engine.lockout import LOCKED_FOR
from ivr.flows.effects import FindReference
from ivr.flows.events import EffectDone, FlowEvent
from ivr.flows.keyed import Keyed, Secret
from ivr.flows.on_the_line import OnTheLine
from ivr.flows.state import Phase, SessionState
from ivr.flows.variables import look_up
from tests.contract.samples import record
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import HEARD, keys
from tests.unit.engine.toll_free import MARIAS, WRONG, calls_in, opened, owes, the_alerts

ANOTHERS = "+12025550777"


async def keyed(
    engine: Engine, digits: str, number: str | None = MARIAS, call_id: str = "call-1"
) -> EffectDone:
    call = await opened(engine, call_id, number or "")
    host = Host(engine.world, engine.contents, call)
    secrets = Keyed(secrets={"reference": Secret("reference", digits)})
    line = OnTheLine(number)
    state = SessionState("toll-free", "1", "reference", Phase.EFFECT, "en", line=line, keyed=secrets)
    return await find_reference(host, FindReference(1, "reference"), state)


@pytest.mark.parametrize("number", [ANOTHERS, "+12025550888"], ids=["another's", "nobody's"])
async def test_who_can_t_prove_to_be_whom_it_leads_to_is_offered_no_call_back(
    engine: Engine, number: str
) -> None:
    await owes(engine)
    await engine.store.write(lambda tx: tx.customers.put(record(2, ANOTHERS)))
    call = await calls_in(engine, *await unproved(engine), HEARD, *keys("3"), HEARD, HEARD, number=number)
    assert any("make sure who you are" in said for said in call.said)
    assert "call us later" in call.said[-3]


async def test_who_keys_their_own_is_offered_a_call_back_that_they_get(engine: Engine) -> None:
    await owes(engine)
    time = (HEARD, HEARD, *keys("1"), HEARD, *keys("1530"), HEARD, *keys("1"), HEARD)
    call = await calls_in(engine, *await unproved(engine), HEARD, *keys("3"), *time)
    assert any("We will call you on" in said for said in call.said)


async def unproved(engine: Engine) -> tuple[FlowEvent | str, ...]:
    """Return what happens until Maria's reference is keyed and nothing proves that it is her."""
    [alert] = await the_alerts(engine)
    wrong = (*keys(WRONG), HEARD) * 3
    return (HEARD, *keys("2"), HEARD, *keys(str(alert.reference)), HEARD, *wrong)


def guessed(number: int) -> str:
    return f"{number:08d}{check_digit(f'{number:08d}')}"


async def test_it_leads_to_the_customer_the_account_and_the_alert(engine: Engine) -> None:
    await owes(engine)
    [alert] = await the_alerts(engine)
    done = await keyed(engine, str(alert.reference), ANOTHERS)
    assert done.result == "found"
    found = {path: look_up(done.values, path) for path in ("customer.id", "account.id", "alert.id")}
    assert found == {"customer.id": "c1", "account.id": "a1", "alert.id": alert.id}


async def test_who_was_found_by_it_proves_nothing_by_it(engine: Engine) -> None:
    await owes(engine)
    [alert] = await the_alerts(engine)
    done = await keyed(engine, str(alert.reference), ANOTHERS)
    assert look_up(done.values, "verification.factors") == ["birth_date"]


async def test_the_third_guess_locks_that_telephone_for_ten_minutes(engine: Engine) -> None:
    await owes(engine)
    [alert] = await the_alerts(engine)
    right = str(alert.reference)
    results = [(await keyed(engine, guessed(number), ANOTHERS, f"c{number}")).result for number in range(3)]
    assert results == ["unknown", "unknown", "locked"]
    assert (await keyed(engine, right, ANOTHERS, "c4")).result == "locked"
    assert (await keyed(engine, right, MARIAS, "c5")).result == "found", "others are not locked out"
    engine.clock.advance(seconds=(LOCKED_FOR + timedelta(seconds=1)).total_seconds())
    assert (await keyed(engine, right, ANOTHERS, "c6")).result == "found"


async def test_a_right_one_takes_no_guess_back(engine: Engine) -> None:
    await owes(engine)
    [alert] = await the_alerts(engine)
    tried = [guessed(1), guessed(2), str(alert.reference), guessed(3)]
    results = [(await keyed(engine, each, ANOTHERS, f"c{n}")).result for n, each in enumerate(tried)]
    assert results == ["unknown", "unknown", "found", "locked"]


async def test_who_mistypes_is_no_guesser(engine: Engine) -> None:
    mistyped = guessed(1)[:-1] + str((int(guessed(1)[-1]) + 1) % 10)
    results = {(await keyed(engine, mistyped, ANOTHERS, f"c{number}")).result for number in range(5)}
    assert results == {"unknown"}


async def test_all_who_withhold_their_number_are_counted_together(engine: Engine) -> None:
    results = [(await keyed(engine, guessed(number), None, f"c{number}")).result for number in range(3)]
    assert results[-1] == "locked"


@pytest.mark.parametrize("ended", [False, True])
async def test_it_leads_there_also_when_the_matter_is_over(engine: Engine, ended: bool) -> None:
    await owes(engine)
    [alert] = await the_alerts(engine)
    if ended:
        state = type(alert.state).SETTLED
        await engine.store.write(lambda tx: tx.alerts.end(alert.id, state, "paid", engine.clock()))
    assert (await keyed(engine, str(alert.reference))).result == "found"
