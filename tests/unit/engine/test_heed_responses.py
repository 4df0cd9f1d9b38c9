"""What was meant is done, together with the record of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from ivr.accounts.account import Account
from ivr.accounts.hold import Hold, HoldKind
from ivr.accounts.promise import Promise, PromiseState
from ivr.attempts.attempt import Attempt, AttemptState
from ivr.calls.call_result import CallResult
from ivr.engine.check_eligibility import check_at_claim
from ivr.engine.content import Contents
from ivr.engine.ports import Transaction
from ivr.engine.record_outcome import EndedCall, record_outcome
from ivr.outcomes.response import Response
from ivr.rules.promise_terms import PromiseTerms
from tests.contract.samples import alert, new_attempt, new_call, record, usd
from tests.unit.engine.conftest import LINE, Engine
from tests.unit.engine.scripted import report


async def says(engine: Engine, response: Response, **details: Any) -> Attempt:
    """Let a customer who owes 123.45 USD mean something in a call; return the call's attempt."""
    attempt = (await engine.placed()).attempt
    engine.clock.advance(seconds=30)
    end = report(attempt.id, engine.clock(), CallResult.ANSWERED)
    ended = EndedCall(attempt, engine.world.owner.epoch, end, ((response, details),), (), "v1")
    await engine.store.write(
        lambda tx: record_outcome(tx, engine.contents, engine.world.messaging, (), ended, engine.clock())
    )
    return attempt


async def account(engine: Engine) -> Account:
    found = await engine.store.read(lambda tx: tx.customers.account("a1"))
    assert found is not None
    return found


async def promise(engine: Engine) -> Promise:
    kept = (await account(engine)).promise
    assert kept is not None
    return kept


def with_terms(engine: Engine, **written: Any) -> None:
    """Let the rule take promises on other terms."""
    live = engine.contents.live
    rule = live.book.rules["payment-overdue"].model_copy(
        update={"promise": PromiseTerms.model_validate(written)}
    )
    engine.contents = Contents(replace(live, book=replace(live.book, rules={rule.name: rule})))


async def test_a_promise_of_a_menu_is_for_all_that_is_due(engine: Engine) -> None:
    attempt = await says(engine, Response.PROMISED, within_days=7)
    made = await promise(engine)
    assert (made.amount, made.due_on, made.state) == (usd(12_345), date(2026, 3, 9), PromiseState.OPEN)
    assert (made.customer_id, made.alert_id, made.topic) == ("c1", attempt.alert_id, "payments")


async def test_a_keyed_amount_and_day_are_kept_as_they_were_keyed(engine: Engine) -> None:
    await says(engine, Response.PROMISED, amount_minor=10_050, currency="USD", on="2026-03-05")
    made = await promise(engine)
    assert (made.amount, made.due_on) == (usd(10_050), date(2026, 3, 5))


async def test_a_promise_is_looked_into_after_its_day_and_the_rules_grace(engine: Engine) -> None:
    with_terms(engine, grace="2d")
    await says(engine, Response.PROMISED, within_days=7)
    [part] = (await promise(engine)).parts
    assert part.review_at == datetime(2026, 3, 12, 4, tzinfo=UTC)


async def test_a_promise_may_be_in_parts(engine: Engine) -> None:
    await says(engine, Response.PROMISED, within_days=0, parts=2, every="two_weeks")
    parts = [(part.amount, part.due_on) for part in (await promise(engine)).parts]
    assert parts == [(usd(6_173), date(2026, 3, 2)), (usd(6_172), date(2026, 3, 16))]


@pytest.mark.parametrize("details", [{}, {"within_days": "soon"}])
async def test_who_promises_without_a_day_has_until_the_last_that_the_rule_allows(
    engine: Engine, details: dict[str, object]
) -> None:
    with_terms(engine, most_days=10)
    await says(engine, Response.PROMISED, **details)
    assert (await promise(engine)).due_on == date(2026, 3, 12)


async def test_where_nothing_is_due_any_more_nothing_is_promised(engine: Engine) -> None:
    await engine.placed()
    await engine.store.write(
        lambda tx: tx.customers.apply_payment("a1", usd(12_345), "elsewhere", engine.clock())
    )
    [attempt] = await engine.attempts()
    end = report(attempt.id, engine.clock(), CallResult.ANSWERED)
    ended = EndedCall(attempt, engine.world.owner.epoch, end, ((Response.PROMISED, {}),), (), "v1")
    await engine.store.write(
        lambda tx: record_outcome(tx, engine.contents, engine.world.messaging, (), ended, engine.clock())
    )
    assert (await account(engine)).promise is None


async def owes_a_new_payment(engine: Engine, due_on: date) -> None:
    """Let another payment of the same account become due, and the rule look for it."""
    [account] = record(1).accounts
    later = replace(record(1), accounts=[replace(account, due_on=due_on)])
    await engine.store.write(lambda tx: tx.customers.put(later))
    await engine.find()


async def test_while_the_promise_is_open_the_rule_makes_no_new_alert_of_the_account(engine: Engine) -> None:
    await says(engine, Response.PROMISED, within_days=7)
    engine.clock.advance(days=2)
    await owes_a_new_payment(engine, date(2026, 3, 3))
    assert await engine.store.read(lambda tx: tx.alerts.open_alerts()) == []


async def has_another_matter(engine: Engine) -> None:
    """Let another alert about the same account have an attempt that is due."""

    def work(tx: Transaction) -> None:
        tx.alerts.add(alert(1, "another"))
        tx.attempts.add(new_attempt(1, "another"))

    await engine.store.write(work)


async def may_call(engine: Engine) -> bool:
    """Say whether the attempt that is due may be made."""
    facts = await engine.claim()
    epoch, now = engine.world.owner.epoch, engine.clock()
    return await engine.store.write(lambda tx: check_at_claim(tx, engine.contents, LINE, facts, epoch, now))


async def test_the_alert_of_another_matter_rests_until_the_promise_is_looked_into(engine: Engine) -> None:
    await says(engine, Response.PROMISED, within_days=7)
    await has_another_matter(engine)
    engine.clock.advance(days=1)
    assert not await may_call(engine)
    [waiting] = await engine.attempts(AttemptState.READY)
    assert waiting.due_at == (await promise(engine)).parts[0].review_at


async def holds(engine: Engine) -> list[Hold]:
    return list(await engine.store.read(lambda tx: tx.holds.of(["c1"])))


async def suppressions(engine: Engine) -> list[str | None]:
    """Return the topics that the customer's next call would be suppressed for."""
    [attempt] = await engine.attempts()
    [facts] = await engine.store.read(lambda tx: tx.attempts.eligibility([attempt.id], engine.clock()))
    return [each.topic for each in facts.suppressions]


async def test_who_has_paid_already_is_left_alone_for_as_long_as_the_rule_says(engine: Engine) -> None:
    attempt = await says(engine, Response.ALREADY_PAID, method="check", paid_on="2026-02-27")
    [hold] = await holds(engine)
    assert (hold.kind, hold.account_id, hold.topic) == (HoldKind.ALREADY_PAID, "a1", "payments")
    assert (hold.alert_id, hold.until) == (attempt.alert_id, engine.clock() + timedelta(days=5))


async def test_a_dispute_is_a_hold_that_somebody_must_lift(engine: Engine) -> None:
    await says(engine, Response.DISPUTED)
    [hold] = await holds(engine)
    assert (hold.kind, hold.account_id, hold.until) == (HoldKind.DISPUTED, "a1", None)
    assert await suppressions(engine) == []


async def test_who_wants_no_contact_is_held_altogether_and_suppressed_for_everything(engine: Engine) -> None:
    await says(engine, Response.STOP_CONTACT)
    [hold] = await holds(engine)
    assert (hold.kind, hold.account_id, hold.topic) == (HoldKind.STOP_CONTACT, None, None)
    assert await suppressions(engine) == [None, None], "the person and the number"


@pytest.mark.parametrize(
    ("details", "topic"),
    [({}, "payments"), ({"everything": False}, "payments"), ({"everything": True}, None)],
)
async def test_an_opt_out_suppresses_whichever_node_took_it(
    engine: Engine, details: dict[str, object], topic: str | None
) -> None:
    await says(engine, Response.OPTED_OUT, **details)
    assert await suppressions(engine) == [topic, topic]
    assert await holds(engine) == []


async def test_under_a_hold_the_rule_makes_no_new_alert_and_other_alerts_rest(engine: Engine) -> None:
    await says(engine, Response.DISPUTED)
    engine.clock.advance(days=1)
    await owes_a_new_payment(engine, date(2026, 3, 1) + timedelta(days=1))
    assert await engine.store.read(lambda tx: tx.alerts.open_alerts()) == []
    await has_another_matter(engine)
    assert not await may_call(engine)
    [waiting] = await engine.attempts(AttemptState.READY)
    assert waiting.due_at > engine.clock()


@pytest.mark.parametrize("response", [Response.WRONG_PERSON, Response.WRONG_NUMBER])
async def test_one_report_of_a_wrong_number_marks_it_and_the_next_number_is_tried(
    engine: Engine, response: Response
) -> None:
    [first] = record(1).contact_points
    second = replace(first, id="p1b", address="+12025550199", rank=2)
    await engine.store.write(lambda tx: tx.customers.put(replace(record(1), contact_points=[first, second])))
    await engine.find()
    facts = await engine.claim()
    end = report(facts.attempt.id, engine.clock(), CallResult.ANSWERED)
    ended = EndedCall(facts.attempt, engine.world.owner.epoch, end, ((response, {}),), (), "v1")
    call = replace(new_call(facts.attempt), started_at=end.started_at)

    def work(tx: Transaction) -> None:
        tx.attempts.placing(facts.attempt.id, ended.epoch, engine.clock())
        tx.calls.open(call)
        record_outcome(tx, engine.contents, engine.world.messaging, (), ended, engine.clock())

    await engine.store.write(work)
    [waiting] = await engine.attempts(AttemptState.READY)
    assert waiting.address == second.address
    points = await engine.store.read(lambda tx: tx.customers.contact_points("c1"))
    assert [point.usable for point in points] == [False, True]
