"""Whatever the check lets a message speak of is there when it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from ivr.calls.call_result import CallResult
from ivr.engine.host import Host, Party
from ivr.engine.send_message import _variables
from ivr.flows.variables import look_up
from ivr.messages.load_templates import KNOWN
from tests.contract.samples import usd
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import ScriptedCall, report


@pytest.fixture
async def host(engine: Engine) -> Host:
    facts = await engine.placed()
    return engine.host(
        ScriptedCall(facts.attempt.id, report(facts.attempt.id, engine.clock(), CallResult.ANSWERED)), facts
    )


async def variables(host: Host, party: Party | None = None) -> Mapping[str, object]:
    party = party or host.party
    assert party is not None
    return await host.world.store.read(lambda tx: _variables(tx, host, party))


def is_there(known: Mapping[str, object], name: str) -> bool:
    namespace, _, rest = name.rpartition(".")
    within = look_up(known, namespace) if namespace else known
    return isinstance(within, Mapping) and rest in within


async def test_all_that_the_check_accepts_is_there(host: Host) -> None:
    known = await variables(host)
    assert [name for name in sorted(KNOWN) if not is_there(known, name)] == []


async def test_the_reference_is_the_alert_s_own(host: Host) -> None:
    assert host.party is not None
    alert_id = host.party.alert_id or ""
    alert = await host.world.store.read(lambda tx: tx.alerts.get(alert_id))
    known = await variables(host)
    assert look_up(known, "alert.reference") == alert.reference
    assert look_up(known, "alert.id") == alert_id


async def test_the_last_payment_can_be_spoken_of(host: Host) -> None:
    now = host.world.clock()
    await host.world.store.write(lambda tx: tx.customers.apply_payment("a1", usd(100), "k", now))
    known = await variables(host)
    assert look_up(known, "account.last_paid") == usd(100)
    assert look_up(known, "account.last_paid_on") == date(2026, 3, 2)


async def test_without_account_and_alert_their_names_are_there_and_empty(host: Host) -> None:
    assert host.party is not None
    known = await variables(host, replace(host.party, account_id=None, alert_id=None))
    names = {name for name in KNOWN if name.partition(".")[0] not in ("account", "payment_method")}
    names |= {"account", "payment_method"}
    assert [name for name in sorted(names) if not is_there(known, name)] == []
    assert (known["account"], look_up(known, "alert.reference")) == (None, None)
