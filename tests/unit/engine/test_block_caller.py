"""Abusive numbers are blocked, by hand or by themselves; nobody is who withholds theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from ivr.alerts.reference import check_digit
from ivr.calls.caller_block import BY_ITSELF, BlockTerms, CallerBlock
from ivr.engine.block_caller import block_of_caller
from ivr.store.tables.calls import calls
from ivr.store.tables.customers import suppressions
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import HEARD, keys
from tests.unit.engine.toll_free import HOTLINE, MARIAS, TOLL_FREE, calls_in, owes

SENTENCE = "We are sorry, we take no calls from this number for now."
TWICE_AN_HOUR = replace(TOLL_FREE, blocking=BlockTerms(calls_an_hour=2))
ONE_GUESS = replace(TOLL_FREE, blocking=BlockTerms(failed_references=1))
GUESS = "10000000" + check_digit("10000000")


async def blocks(engine: Engine, number: str = MARIAS, days: int | None = 1) -> None:
    now = engine.clock()
    until = None if days is None else now + timedelta(days=days)
    placed = CallerBlock(number, now, until, "shouts", "ben")
    await engine.store.write(lambda tx: tx.caller_blocks.place(placed))


async def block_of(engine: Engine, number: str = MARIAS) -> CallerBlock | None:
    return await engine.store.read(lambda tx: tx.caller_blocks.of(number, engine.clock()))


async def test_a_blocked_caller_hears_a_sentence_and_no_menu(engine: Engine) -> None:
    await owes(engine)
    await blocks(engine)
    call = await calls_in(engine, HEARD)
    assert call.said[0] == SENTENCE
    assert not any("Thank you for calling" in said for said in call.said)
    rows = await engine.store.read(lambda tx: tx.connection.execute(sa.select(calls.c.flow)).scalars().all())
    assert rows == ["blocked-caller"], "and the call is written down"


async def test_a_blocked_number_can_still_ask_to_be_called_no_more(engine: Engine) -> None:
    await owes(engine)
    await blocks(engine)
    await calls_in(engine, HEARD, *keys("9"))
    named = await engine.store.read(
        lambda tx: tx.connection.execute(sa.select(suppressions.c.address)).scalars().all()
    )
    assert MARIAS in named


async def test_or_is_not_answered_where_the_settings_say_so(engine: Engine) -> None:
    await blocks(engine)
    call = await calls_in(engine, HEARD, reception=replace(TOLL_FREE, rejects_blocked=True))
    assert (call.said, call.answered_for) == (["rejected"], None)


@pytest.mark.parametrize("rejects", [True, False])
async def test_how_often_it_has_called_since_is_counted_whether_it_is_answered_or_not(
    engine: Engine, rejects: bool
) -> None:
    await blocks(engine)
    for n in range(3):
        engine.clock.advance(minutes=1)
        reception = replace(TOLL_FREE, rejects_blocked=rejects)
        await calls_in(engine, HEARD, call_id=f"call-{n}", reception=reception)
    block = await block_of(engine)
    assert block is not None
    assert (block.calls, block.last_call_at) == (3, engine.clock())


async def test_the_call_that_is_one_too_many_is_the_first_that_counts(engine: Engine) -> None:
    for n in range(3):
        await calls_in(engine, HEARD, call_id=f"call-{n}", reception=TWICE_AN_HOUR)
    block = await block_of(engine)
    assert block is not None
    assert (block.calls, block.last_call_at) == (1, engine.clock())


async def test_when_its_time_is_over_a_number_may_call_again(engine: Engine) -> None:
    await blocks(engine)
    engine.clock.advance(days=1)
    assert SENTENCE not in (await calls_in(engine, HEARD)).said


async def test_whoever_calls_more_often_than_the_settings_let_is_blocked_for_a_time(engine: Engine) -> None:
    said = [
        (await calls_in(engine, HEARD, call_id=f"call-{n}", reception=TWICE_AN_HOUR)).said[0]
        for n in range(3)
    ]
    assert [words == SENTENCE for words in said] == [False, False, True]
    block = await block_of(engine)
    assert block is not None
    assert (block.by, block.reason) == (BY_ITSELF, "3 calls within an hour")
    assert block.until == engine.clock() + timedelta(days=1)


async def test_calls_of_more_than_an_hour_ago_count_no_more(engine: Engine) -> None:
    for n in range(2):
        await calls_in(engine, HEARD, call_id=f"call-{n}", reception=TWICE_AN_HOUR)
    engine.clock.advance(hours=1, minutes=1)
    await calls_in(engine, HEARD, call_id="call-3", reception=TWICE_AN_HOUR)
    assert await block_of(engine) is None


async def test_whoever_guesses_references_over_all_calls_is_blocked_for_a_time(engine: Engine) -> None:
    await calls_in(engine, HEARD, *keys("2"), *keys(GUESS), reception=ONE_GUESS)
    call = await calls_in(engine, HEARD, call_id="call-2", reception=ONE_GUESS)
    assert call.said[0] == SENTENCE


@pytest.mark.parametrize("dialled", ["*78", "100"])
async def test_the_company_s_own_codes_may_be_dialled_as_often_as_one_likes(
    engine: Engine, dialled: str
) -> None:
    terms = BlockTerms(calls_an_hour=1)
    await blocks(engine)
    asked = await engine.store.write(lambda tx: block_of_caller(tx, terms, MARIAS, dialled, engine.clock()))
    assert asked is None


async def test_nobody_is_blocked_for_what_others_do_who_withhold_their_number(engine: Engine) -> None:
    for n in range(4):
        await calls_in(engine, HEARD, number="anonymous", call_id=f"call-{n}", reception=TWICE_AN_HOUR)
    asked = await engine.store.write(
        lambda tx: block_of_caller(tx, TWICE_AN_HOUR.blocking, None, HOTLINE, engine.clock())
    )
    assert asked is None
