"""Whatever the check lets a message speak of is there when it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.calls.call_result import CallResult
from ivr.engine.content import Contents
from ivr.engine.host import Host
from ivr.engine.send_message import _variables
from ivr.flows.on_the_line import Party
from ivr.flows.variables import look_up
from ivr.messages.load_templates import KNOWN
from tests.contract.samples import usd
from tests.unit.engine.conftest import Engine, party_of
from tests.unit.engine.scripted import ScriptedCall, report


@pytest.fixture
async def facts(engine: Engine) -> EligibilityFacts:
    return await engine.placed()


@pytest.fixture
def host(engine: Engine, facts: EligibilityFacts) -> Host:
    call_id = facts.attempt.id
    return engine.host(ScriptedCall(call_id, report(call_id, engine.clock(), CallResult.ANSWERED)), facts)


@pytest.fixture
def party(facts: EligibilityFacts) -> Party:
    return party_of(facts)


async def variables(host: Host, party: Party) -> Mapping[str, object]:
    return await host.world.store.read(lambda tx: _variables(tx, host, party))


def is_there(known: Mapping[str, object], name: str) -> bool:
    namespace, _, rest = name.rpartition(".")
    within = look_up(known, namespace) if namespace else known
    return isinstance(within, Mapping) and rest in within


async def test_all_that_the_check_accepts_is_there(host: Host, party: Party) -> None:
    known = await variables(host, party)
    assert [name for name in sorted(KNOWN) if not is_there(known, name)] == []


async def test_the_reference_is_the_alert_s_own(host: Host, party: Party) -> None:
    alert_id = party.alert_id or ""
    alert = await host.world.store.read(lambda tx: tx.alerts.get(alert_id))
    known = await variables(host, party)
    assert look_up(known, "alert.reference") == alert.reference
    assert look_up(known, "alert.id") == alert_id


async def test_the_last_payment_can_be_spoken_of(host: Host, party: Party) -> None:
    now = host.world.clock()
    await host.world.store.write(lambda tx: tx.customers.apply_payment("a1", usd(100), "k", now))
    known = await variables(host, party)
    assert look_up(known, "account.last_paid") == usd(100)
    assert look_up(known, "account.last_paid_on") == date(2026, 3, 2)


async def test_without_account_and_alert_their_names_are_there_and_empty(host: Host, party: Party) -> None:
    known = await variables(host, replace(party, account_id=None, alert_id=None))
    names = {name for name in KNOWN if name.partition(".")[0] not in ("account", "payment_method")}
    names |= {"account", "payment_method"}
    assert [name for name in sorted(names) if not is_there(known, name)] == []
    assert (known["account"], look_up(known, "alert.reference")) == (None, None)


async def test_a_message_asks_to_be_called_at_the_number_of_the_alerts_rule(
    engine: Engine, facts: EligibilityFacts, host: Host, party: Party
) -> None:
    assert look_up(await variables(host, party), "company.phone") == "+12025550100"
    live = engine.contents.live
    own = live.book.rules[facts.alert.rule].model_copy(update={"call_back_number": "+18005550123"})
    contents = Contents(replace(live, book=replace(live.book, rules={own.name: own})))
    told = await variables(replace(host, contents=contents), party)
    assert look_up(told, "company.phone") == "+18005550123"
