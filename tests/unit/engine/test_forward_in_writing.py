"""An alert is passed on by a link that the customer gives away, or by one text to a number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.accounts.suppression import THIRD_PARTY, Suppression
from ivr.alerts.alert import Alert, AlertState
from ivr.attempts.attempt import AttemptState
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.calls.call_result import CallResult
from ivr.engine.content import Content, Contents
from ivr.engine.deliver_messages import deliver_messages
from ivr.engine.end_forwards import end_forwards
from ivr.engine.forward_alert import forward_alert, forwarded
from ivr.engine.messaging import Messaging
from ivr.engine.plan_next_attempt import end_alert
from ivr.engine.ports import CustomerRecord, Transaction
from ivr.engine.start_session import start_session
from ivr.errors import StoreError
from ivr.flows.compliance import Forwarding, ForwardWay
from ivr.flows.effects import ForwardAlert
from ivr.flows.variables import look_up
from ivr.store.alerts import SqlAlerts
from tests.contract.samples import record
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import ScriptedCall, report
from tests.unit.engine.test_deliver_messages import BASE, MARIA, ScriptedMessenger
from tests.unit.engine.test_forward_alert import SOMEBODY, passing_on

SOURCE = {"section": "none", "date": "2026-01-01", "review": "none"}


def by(ways: tuple[ForwardWay, ...], content: Content, told: str | None = None) -> Contents:
    """Return content whose profile passes alerts on in these ways."""
    contents = passing_on(content, told=told)
    profile = contents.live.profiles["agreed-contacts"]
    forward = Forwarding(by=ways, **SOURCE)
    profiles = {
        **contents.live.profiles,
        profile.name: profile.model_copy(update={"forward": forward}),
    }
    return Contents(replace(contents.live, profiles=profiles))


@dataclass
class Post:
    """An engine that passes alerts on, and who delivers what it writes."""

    engine: Engine
    email: ScriptedMessenger
    sms: ScriptedMessenger

    async def calls(self, ways: tuple[ForwardWay, ...], told: str | None = None) -> EligibilityFacts:
        """Be in a call with a customer who reads e-mail, under a profile with these ways."""
        facts = await self.engine.placed()
        self.engine.contents = by(ways, self.engine.contents.live, told)
        known = record(1)
        points = [*known.contact_points, ContactPoint("e1", "c1", Medium.EMAIL, MARIA)]
        whole = CustomerRecord(known.customer, known.accounts, points, known.payment_methods)
        await self.engine.store.write(lambda tx: tx.customers.put(whole))
        return facts

    async def asks(self, facts: EligibilityFacts, number: str | None = None, effect_id: int = 9) -> str:
        """Pass the alert on; return the result."""
        call = ScriptedCall(
            facts.attempt.id, report(facts.attempt.id, self.engine.clock(), CallResult.ANSWERED)
        )
        wanted = ForwardAlert(effect_id, number, "r1")
        return (await forward_alert(self.engine.host(call, facts), facts.alert.id, wanted)).result

    async def delivers(self) -> int:
        return await deliver_messages(self.engine.world, self.engine.contents)

    async def passed_on(self) -> Alert:
        """Return the only alert that was passed on."""
        [found] = await self.engine.store.read(
            lambda tx: [each for each in tx.alerts.open_alerts() if each.forwarded is not None]
        )
        return found


@pytest.fixture
def post(engine: Engine, content: Content) -> Post:
    email, sms = ScriptedMessenger(), ScriptedMessenger(can_be_asked=True)
    messaging = Messaging(
        {Medium.EMAIL: email, Medium.SMS: sms}, frozenset({MARIA, SOMEBODY}), BASE, most_a_day=2
    )
    engine.world = replace(engine.world, messaging=messaging)
    return Post(engine, email, sms)


async def test_the_customer_gets_a_link_once_and_nobody_is_called(post: Post) -> None:
    facts = await post.calls((ForwardWay.LINK,))
    assert [await post.asks(facts) for _ in range(2)] == ["done", "done"]
    assert await post.delivers() == 1
    [mail] = post.email.given
    assert (mail.to, mail.subject) == (MARIA, "The link that you asked for")
    assert f"{BASE}/" in mail.body
    alert = await post.passed_on()
    assert alert.forwarded is not None
    assert (alert.forwarded.contact_point_id, alert.forwarded.comment) == (None, "r1")
    assert await post.engine.attempts(AttemptState.READY) == []
    found = await forwarded(post.engine.world, facts.attempt.id, ForwardAlert(9, None, "r1"))
    assert found is not None


async def test_a_number_gets_one_text_within_the_hours_of_the_rule(post: Post) -> None:
    facts = await post.calls((ForwardWay.TEXT, ForwardWay.LINK))
    post.engine.clock.advance(hours=13)
    assert await post.asks(facts, SOMEBODY) == "done"
    assert await post.delivers() == 0, "it is eleven in the evening there"
    post.engine.clock.advance(hours=10)
    assert await post.delivers() == 1
    [text] = post.sms.given
    assert text.to == SOMEBODY
    assert "Customer 1 asked us to pass a message on to you" in text.body
    assert await post.asks(facts, SOMEBODY, 12) == "refused"
    assert await post.delivers() == 0


@pytest.mark.parametrize("number", ["+19005551234", "+12025550001", "911"])
async def test_nothing_is_written_to_whom_nobody_may_reach(post: Post, number: str) -> None:
    facts = await post.calls((ForwardWay.TEXT,))
    assert await post.asks(facts, number) == "refused"
    assert await post.delivers() == 0


async def test_who_said_stop_gets_no_text_and_nothing_is_kept_of_it(post: Post) -> None:
    facts = await post.calls((ForwardWay.TEXT,))
    no = Suppression(None, SOMEBODY, None, post.engine.clock(), THIRD_PARTY)
    await post.engine.store.write(lambda tx: tx.customers.add_suppression(no))
    assert await post.asks(facts, SOMEBODY) == "refused"
    passed_on = await post.engine.store.read(
        lambda tx: tx.alerts.forwards_since("c1", facts.alert.created_at)
    )
    assert passed_on == 0


async def test_who_says_stop_before_it_is_sent_gets_none_either(post: Post) -> None:
    facts = await post.calls((ForwardWay.TEXT,))
    assert await post.asks(facts, SOMEBODY) == "done"
    no = Suppression(None, SOMEBODY, None, post.engine.clock(), THIRD_PARTY)
    await post.engine.store.write(lambda tx: tx.customers.add_suppression(no))
    assert await post.delivers() == 0


async def test_an_address_that_gets_too_much_refuses_and_nothing_is_kept_of_it(post: Post) -> None:
    facts = await post.calls((ForwardWay.TEXT,))
    post.engine.world = replace(
        post.engine.world, messaging=replace(post.engine.world.messaging, most_a_day=0)
    )
    assert await post.asks(facts, SOMEBODY) == "refused"
    assert await forwarded(post.engine.world, facts.attempt.id, ForwardAlert(9, SOMEBODY)) is None


async def test_without_means_it_fails(post: Post) -> None:
    facts = await post.calls((ForwardWay.LINK,))
    post.engine.world = replace(post.engine.world, messaging=Messaging())
    assert await post.asks(facts) == "failed"
    assert await post.asks(facts, SOMEBODY, 12) == "failed"


@pytest.mark.parametrize(
    ("ways", "is_wired", "way"),
    [
        ((ForwardWay.LINK,), True, "link"),
        ((ForwardWay.TEXT, ForwardWay.LINK), True, "text"),
        ((ForwardWay.CALL, ForwardWay.LINK), True, "call"),
        ((ForwardWay.LINK, ForwardWay.CALL), False, "call"),
        ((ForwardWay.LINK,), False, None),
    ],
)
async def test_the_flow_knows_the_first_way_that_there_are_means_for(
    post: Post, ways: tuple[ForwardWay, ...], is_wired: bool, way: str | None
) -> None:
    facts = await post.calls(ways)
    if not is_wired:
        post.engine.world = replace(post.engine.world, messaging=Messaging())
    new = await start_session(post.engine.world, post.engine.contents, facts)
    assert look_up(new.session.variables, "forward.way") == way


async def test_what_nobody_opens_is_over_with_its_link_and_the_customer_is_told(post: Post) -> None:
    facts = await post.calls((ForwardWay.LINK,), told="forward-told")
    assert await post.asks(facts) == "done"
    alert = await post.passed_on()
    assert await end_forwards(post.engine.world, post.engine.contents) == 0
    post.engine.clock.advance(days=3)
    assert await end_forwards(post.engine.world, post.engine.contents) == 1
    assert await post.engine.alert_state(alert.id) == AlertState.EXPIRED

    def telling(tx: Transaction) -> list[Alert]:
        return [each for each in tx.alerts.open_alerts() if each.tells_of == alert.id]

    [told] = await post.engine.store.read(telling)
    assert told.customer_id == "c1"


async def test_one_that_can_not_be_ended_keeps_no_other_from_it(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await post.asks(await post.calls((ForwardWay.LINK,))) == "done"
    mine = await post.passed_on()
    broken = replace(
        mine, id="a-broken-one", reference="123456780", expires_at=mine.expires_at - timedelta(1)
    )

    def unheard(_self: object, _now: datetime, _limit: int) -> list[Alert]:
        return [broken, mine]

    monkeypatch.setattr(SqlAlerts, "unheard", unheard)
    monkeypatch.setattr("ivr.engine.end_forwards.end_alert", _but_for(broken, end_alert))
    assert await end_forwards(post.engine.world, post.engine.contents) == 1
    assert await post.engine.alert_state(mine.id) == AlertState.EXPIRED


def _but_for(broken: Alert, end: Callable[..., bool]) -> Callable[..., bool]:
    def ends(tx: Transaction, contents: Contents, alert: Alert, *how: Any) -> bool:
        if alert.id == broken.id:
            raise StoreError("its row contradicts the books")
        return end(tx, contents, alert, *how)

    return ends
