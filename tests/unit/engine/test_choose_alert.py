"""Customers choose what a rule leaves to them, and the rule heeds it from the key on."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from ivr.attempts.attempt import AttemptState
from ivr.calls.call_result import CallResult
from ivr.engine.check_eligibility import check_at_claim
from ivr.engine.choose_alert import choose_alert, next_alert
from ivr.engine.content import Contents
from ivr.engine.host import Host
from ivr.engine.scan_rule import Scanned, scan_rule
from ivr.flows.effects import ChooseAlert, NextAlert
from ivr.flows.on_the_line import Party
from ivr.money import Money
from ivr.rules.alert_choice import AlertChoice
from ivr.rules.rule import Rule
from tests.contract.samples import rule_when
from tests.unit.engine.conftest import LINE, Engine
from tests.unit.engine.scripted import ScriptedCall, report

MAY: dict[str, Any] = {
    "named": {"en": "Low balance", "es": "Saldo bajo"},
    "threshold": {"field": "account.balance", "least": "10 USD", "most": "900 USD", "step": "5 USD"},
    "time": True,
    "off": True,
}
BELOW_800 = {"field": "account.balance", "less_than": "800 USD"}
"""The sample customer has 500."""
MARIA = Party("c1")


def low_balance(name: str = "low-balance", **may: Any) -> Rule:
    return rule_when(BELOW_800, name=name, customer_may={**MAY, **may}, dedupe="{account.id}")


async def somebody(engine: Engine, *rules: Rule) -> Host:
    """Let a customer be on the line whose bank has these rules beside its own."""
    facts = await engine.placed()
    live = engine.contents.live
    book = replace(live.book, rules={**live.book.rules, **{rule.name: rule for rule in rules}})
    engine.contents = Contents(replace(live, book=book))
    end = report(facts.attempt.id, engine.clock(), CallResult.ANSWERED)
    return engine.host(ScriptedCall(facts.attempt.id, end), facts)


async def chooses(engine: Engine, host: Host, effect: ChooseAlert) -> tuple[str, Any]:
    done = await choose_alert(host, MARIA, effect, "en")
    return done.result, done.values.get("choice")


async def kept(engine: Engine) -> AlertChoice | None:
    found = await engine.store.read(lambda tx: tx.alert_choices.of(["c1"]))
    return found.get("c1", {}).get("low-balance")


async def test_each_alert_with_something_to_choose_is_offered_by_name_in_the_language_of_the_call(
    engine: Engine,
) -> None:
    host = await somebody(engine, low_balance(), low_balance("a-rule-before", threshold=None, off=False))
    names, after = [], None
    while (done := await next_alert(host, MARIA, NextAlert(1, after), "es")).result == "found":
        choice: Any = done.values["choice"]
        names.append((choice["rule"], choice["name"], choice["least"] and str(choice["least"].amount)))
        after = choice["rule"]
    assert names == [("a-rule-before", "Saldo bajo", None), ("low-balance", "Saldo bajo", "10.00")]
    assert (done.result, done.values) == ("none", {"choice": None})


async def test_what_was_chosen_is_kept_with_its_evidence_and_told_back(engine: Engine) -> None:
    host = await somebody(engine, low_balance())
    result, choice = await chooses(engine, host, ChooseAlert(1, "low-balance", threshold=Money(5000, "USD")))
    assert (result, choice["threshold"], choice["wanted"]) == ("done", Money(5000, "USD"), True)
    result, choice = await chooses(engine, host, ChooseAlert(2, "low-balance", at="09:00"))
    assert (result, choice["at"], choice["threshold"]) == ("done", time(9), Money(5000, "USD"))
    assert await kept(engine) == AlertChoice(True, Money(5000, "USD"), time(9))
    result, choice = await chooses(engine, host, ChooseAlert(3, "low-balance", wanted=False))
    assert (result, choice["wanted"]) == ("done", None)
    assert await kept(engine) == AlertChoice(False, Money(5000, "USD"), time(9))


@pytest.mark.parametrize(
    ("may", "effect"),
    [
        ({}, ChooseAlert(1, "low-balance", threshold=Money(999, "USD"))),
        ({}, ChooseAlert(1, "low-balance", threshold=Money(5100, "USD"))),
        ({"threshold": None}, ChooseAlert(1, "low-balance", threshold=Money(5000, "USD"))),
        ({"time": False}, ChooseAlert(1, "low-balance", at="09:00")),
        ({}, ChooseAlert(1, "low-balance", at="03:00")),
        ({"off": False}, ChooseAlert(1, "low-balance", wanted=False)),
        ({}, ChooseAlert(1, "payment-overdue", wanted=False)),
        ({}, ChooseAlert(1, "nothing-of-ours", wanted=False)),
        ({}, ChooseAlert(1, "low-balance")),
    ],
)
async def test_what_the_rule_does_not_leave_to_them_changes_nothing(
    engine: Engine, may: dict[str, Any], effect: ChooseAlert
) -> None:
    host = await somebody(engine, low_balance(**may))
    assert (await chooses(engine, host, effect))[0] == "refused"
    assert await kept(engine) is None


IN_EUROS = {"field": "account.balance", "least": "10 EUR", "most": "900 EUR", "step": "5 EUR"}
"""The sample customer has dollars."""


async def test_an_amount_in_a_currency_of_none_of_their_accounts_is_not_offered(engine: Engine) -> None:
    below = {"field": "account.balance", "less_than": "800 EUR"}
    euros, only_euros = (
        rule_when(below, name=name, customer_may={**MAY, "threshold": IN_EUROS, **may}, dedupe="{account.id}")
        for name, may in (("euros", {}), ("only-euros", {"time": False, "off": False}))
    )
    host = await somebody(engine, euros, only_euros, low_balance())
    offered, after = {}, None
    while (done := await next_alert(host, MARIA, NextAlert(1, after), "en")).result == "found":
        choice: Any = done.values["choice"]
        after = choice["rule"]
        offered[after] = choice["least"]
    assert offered == {"euros": None, "low-balance": Money(1000, "USD")}
    result, _ = await chooses(engine, host, ChooseAlert(1, "euros", threshold=Money(5000, "EUR")))
    assert result == "refused"


async def scanned(engine: Engine) -> Scanned:
    engine.clock.advance(seconds=60)
    rule = engine.contents.live.book.rules["low-balance"]
    return await scan_rule(engine.world, engine.contents, rule, engine.clock())


async def test_a_scan_goes_by_the_amount_that_was_chosen_and_the_alert_tells_it(engine: Engine) -> None:
    host = await somebody(engine, low_balance())
    await chooses(engine, host, ChooseAlert(1, "low-balance", threshold=Money(40_000, "USD")))
    assert await scanned(engine) == Scanned(0, 0)
    await chooses(engine, host, ChooseAlert(2, "low-balance", threshold=Money(60_000, "USD")))
    assert await scanned(engine) == Scanned(1, 1)
    alerts = await engine.store.read(lambda tx: tx.alerts.open_alerts())
    [alert] = [each for each in alerts if each.rule == "low-balance"]
    assert alert.facts["reason"] == ("the balance is 500.00 USD, less than 600.00 USD; as the customer chose")


async def test_what_is_on_request_comes_to_who_asked_for_it(engine: Engine) -> None:
    host = await somebody(engine, low_balance(on_request=True))
    assert await scanned(engine) == Scanned(0, 0)
    await chooses(engine, host, ChooseAlert(1, "low-balance", wanted=True))
    assert await scanned(engine) == Scanned(1, 1)


async def test_turning_it_off_ends_the_alert_that_is_open_and_tells_why(engine: Engine) -> None:
    host = await somebody(engine, low_balance())
    await scanned(engine)
    await chooses(engine, host, ChooseAlert(1, "low-balance", wanted=False))
    facts = await engine.claim()
    epoch, now = engine.world.owner.epoch, engine.clock()
    assert not await engine.store.write(
        lambda tx: check_at_claim(tx, engine.contents, LINE, facts, epoch, now)
    )
    attempt = await engine.attempt(facts.attempt.id)
    assert (attempt.state, attempt.result) == (AttemptState.CANCELLED, "not_wanted")
    assert await engine.alert_state(facts.alert.id) == "cleared"
