"""Matters come one after another: what they called about first."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from ivr.engine.host import Host
from ivr.engine.open_matter import TALK_REST, open_matter
from ivr.flows.effects import OpenMatter
from ivr.flows.events import EffectDone
from ivr.flows.on_the_line import OnTheLine, Party
from ivr.flows.state import Phase, SessionState, dump_state
from ivr.flows.variables import look_up
from tests.contract.samples import usd
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import HEARD, keys
from tests.unit.engine.toll_free import (
    MARIAS,
    PROVED,
    TOLL_FREE,
    calls_in,
    has_another_matter,
    opened,
    owes,
    ready,
    the_alerts,
)


async def taken_up(
    engine: Engine, *, before: tuple[str, ...] = (), named: str | None = None, rule: str | None = None
) -> EffectDone:
    call = await opened(engine, "call-9", rule=rule)
    party = Party("c1", alert_id=named)
    host = Host(engine.world, engine.contents, call)
    matters, line = tuple((each, 0) for each in before), OnTheLine(MARIAS, Party("c1"))
    state = SessionState("toll-free", "1", "matter", Phase.EFFECT, "en", line=line, matters=matters)
    return await open_matter(host, party, OpenMatter(1), state)


def alert_in(done: EffectDone) -> object:
    return look_up(done.values, "alert.id")


async def test_the_most_urgent_comes_first_and_each_once(engine: Engine) -> None:
    await owes(engine)
    urgent = await has_another_matter(engine, priority=60)
    done = await taken_up(engine)
    assert (done.result, alert_in(done), look_up(done.values, "alert.others")) == ("found", urgent.id, 1)


async def test_when_all_were_spoken_of_the_account_is_left(engine: Engine) -> None:
    await owes(engine)
    [alert] = await the_alerts(engine)
    await engine.store.write(lambda tx: tx.customers.apply_payment("a1", usd(5_000), "k", engine.clock()))
    done = await taken_up(engine, before=(alert.id,))
    assert (done.result, alert_in(done)) == ("none", None)
    assert look_up(done.values, "account.amount_due") == usd(7_345), "as it is now"
    assert look_up(done.values, "account.last_paid") == usd(5_000)


async def test_nobody_is_called_about_what_they_are_just_told_of(engine: Engine) -> None:
    await owes(engine)
    await taken_up(engine)
    [attempt] = await ready(engine)
    assert attempt.due_at == engine.clock() + TALK_REST


@pytest.mark.parametrize("by", ["reference", "number"])
async def test_what_they_called_about_goes_before_what_is_urgent(engine: Engine, by: str) -> None:
    await owes(engine)
    await has_another_matter(engine, rule="something-else", priority=60)
    [_, first] = await the_alerts(engine)
    named, rule = (first.id, None) if by == "reference" else (None, "payment-overdue")
    assert alert_in(await taken_up(engine, named=named, rule=rule)) == first.id


@pytest.mark.parametrize(
    ("minutes_later", "expected"),
    [(9, "resumed"), (11, "found")],
)
async def test_who_is_cut_off_goes_on_with_the_same_matter(
    engine: Engine, minutes_later: int, expected: str
) -> None:
    await owes(engine)
    await has_another_matter(engine)
    [first, second] = await the_alerts(engine)
    lost = SessionState("toll-free", "1", "x", Phase.KEY, "en", matters=((first.id, 0), (second.id, 1)))
    await calls_in(engine, *PROVED)
    await engine.store.write(lambda tx: tx.calls.save_checkpoint("call-1", dump_state(lost), engine.clock()))
    engine.clock.advance(minutes=minutes_later)
    done = await taken_up(engine)
    assert done.result == expected
    assert alert_in(done) == (second.id if expected == "resumed" else first.id)


async def test_a_call_that_we_ended_is_no_call_that_was_lost(engine: Engine) -> None:
    await owes(engine)
    await calls_in(engine, *PROVED, HEARD, *keys("5"), *keys("5"), HEARD)
    assert (await taken_up(engine)).result == "found"


async def test_beyond_the_most_callers_a_known_one_is_called_back(engine: Engine) -> None:
    await owes(engine)
    await opened(engine, "somebody-else", "+12025550999")
    full = replace(TOLL_FREE, most_calls={"+18005550100": 1})
    call = await calls_in(engine, *keys("1"), HEARD, reception=full)
    assert call.said[0] == "Thank you for calling Sample Bank."
    assert any(words.startswith("We will call you back at") for words in call.said)
    [attempt] = await ready(engine)
    assert attempt.due_at == engine.clock() + timedelta(minutes=30)


async def test_up_to_the_most_callers_all_are_served(engine: Engine) -> None:
    full = replace(TOLL_FREE, most_calls={"+18005550100": 1})
    call = await calls_in(engine, HEARD, reception=full)
    assert not any("more people" in words for words in call.said)
