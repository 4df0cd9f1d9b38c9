"""What a customer settles is confirmed in writing with the commit, once, where they allow it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, cast

import pytest

from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.accounts.suppression import Suppression
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.calls.call_result import CallResult
from ivr.engine.authorise_payments import authorise_payments
from ivr.engine.content import Contents
from ivr.engine.messaging import Messaging, Messenger
from ivr.engine.open_intent import Origin
from ivr.engine.pay import pay
from ivr.engine.pay_automatically import pay_automatically
from ivr.engine.ports import Choice, CustomerRecord
from ivr.engine.reconcile_payments import reconcile_payments
from ivr.engine.record_outcome import EndedCall, record_outcome
from ivr.flows.compliance import Confirmations, Profile
from ivr.flows.effects import AuthorisePayments, Pay
from ivr.flows.events import EffectDone
from ivr.messages.message import Message, MessageState
from ivr.outcomes.response import Response
from ivr.payments.authorisation import AmountTerms
from ivr.payments.intent import ChargeResult, IntentState
from ivr.rules.confirm_terms import ConfirmTerms
from ivr.rules.promise_terms import PromiseTerms
from tests.contract.samples import record, usd
from tests.unit.engine.conftest import Engine, party_of
from tests.unit.engine.scripted import DECLINED, SUCCEEDED, ScriptedCall, report

MARIA, NUMBER = "maria@example.com", "+12025550188"
EMAIL = ContactPoint("e1", "c1", Medium.EMAIL, MARIA)
SMS = ContactPoint("s1", "c1", Medium.SMS, NUMBER)
PAYS = Pay(1, "a1", usd(12_345), "m1", due=usd(12_345))
FAR_FUTURE = timedelta(days=400)


@dataclass
class Desk:
    """An engine that writes to customers."""

    engine: Engine
    contents: Contents
    facts: EligibilityFacts

    @property
    def origin(self) -> Origin:
        return Origin(alert_id=self.facts.alert.id)

    async def has_points(self, *points: ContactPoint) -> None:
        """Let the customer have these addresses besides."""
        known = record(1)
        whole = CustomerRecord(
            known.customer, known.accounts, [*known.contact_points, *points], known.payment_methods
        )
        await self.engine.store.write(lambda tx: tx.customers.put(whole))

    async def pays(self, call_id: str = "call") -> str:
        done = await pay(self.engine.world, self.contents, call_id, "c1", PAYS, origin=self.origin)
        return done.result

    async def says(self, response: Response, **details: Any) -> None:
        """End the call with this response."""
        attempt, now = self.facts.attempt, self.engine.clock()
        end = report(attempt.id, now, CallResult.ANSWERED)
        ended = EndedCall(attempt, self.engine.world.owner.epoch, end, ((response, details),), (), "v1")
        messaging = self.engine.world.messaging
        await self.engine.store.write(lambda tx: record_outcome(tx, self.contents, messaging, (), ended, now))

    async def written(self, by: datetime | None = None) -> list[Message]:
        """Return all that waits to be handed over."""
        until = by or self.engine.clock() + FAR_FUTURE
        found = await self.engine.store.read(lambda tx: tx.messages.due(MessageState.QUEUED, until, 100))
        return list(found)

    async def the_message(self) -> Message:
        [message] = await self.written()
        return message

    def goes_by(self, terms: ConfirmTerms | None = None, promise: PromiseTerms | None = None) -> None:
        """Let the rule say so."""
        live = self.contents.live
        changed: dict[str, object] = {"confirm": terms, "promise": promise}
        update = {name: value for name, value in changed.items() if value is not None}
        rule = live.book.rules["payment-overdue"].model_copy(update=update)
        rules = {**live.book.rules, rule.name: rule}
        self.contents = Contents(replace(live, book=replace(live.book, rules=rules)))

    def is_held_to(self, profile: Profile) -> None:
        """Let this be the profile of every flow."""
        live = self.contents.live
        flows = {name: flow.model_copy(update={"profile": profile.name}) for name, flow in live.flows.items()}
        self.contents = Contents(replace(live, flows=flows, profiles={profile.name: profile}))


@pytest.fixture
async def desk(engine: Engine) -> Desk:
    messenger = cast("Messenger", object())
    everybody = frozenset({MARIA, NUMBER})
    messaging = Messaging({Medium.EMAIL: messenger, Medium.SMS: messenger}, everybody, "https://bank.test/l")
    engine.world = replace(engine.world, messaging=messaging)
    engine.gateway.confirms[:] = [SUCCEEDED] * 3
    return Desk(engine, engine.contents, await engine.placed())


async def test_a_payment_is_confirmed_by_e_mail_with_amount_method_and_day(desk: Desk) -> None:
    await desk.has_points(EMAIL, SMS)
    assert await desk.pays() == "success"
    message = await desk.the_message()
    assert (message.medium, message.address) == (Medium.EMAIL, MARIA)
    assert (message.template, message.alert_id, message.topic) == (
        "payment-receipt",
        desk.facts.alert.id,
        "payments",
    )
    assert "On March 2, 2026 you authorized us" in message.body
    assert "charge $123.45 to your card ending in 4242, once" in message.body
    assert not message.is_asked_for


@pytest.mark.parametrize("language", ["en", "es", "fr"])
async def test_the_receipt_is_true_of_a_call_and_of_a_page(desk: Desk, language: str) -> None:
    """The same message confirms what was agreed to by key and behind a link."""
    await desk.has_points(EMAIL)
    await desk.engine.store.write(lambda tx: tx.customers.prefer("c1", Choice(language=language)))
    await desk.pays()
    agreed = next(line for line in (await desk.the_message()).body.splitlines() if "4242" in line)
    assert not re.search(r"tel[eé]fono|t[eé]l[eé]phone|by telephone", agreed)


async def test_who_prefers_text_messages_gets_one(desk: Desk) -> None:
    await desk.has_points(EMAIL, SMS)
    await desk.engine.store.write(lambda tx: tx.customers.prefer("c1", Choice(medium=Medium.SMS)))
    await desk.pays()
    assert ((message := await desk.the_message()).medium, message.address) == (Medium.SMS, NUMBER)


@pytest.mark.parametrize("point", [EMAIL, SMS])
async def test_who_has_one_address_only_gets_it_there(desk: Desk, point: ContactPoint) -> None:
    await desk.has_points(point)
    await desk.pays()
    assert (await desk.the_message()).address == point.address


async def test_without_an_address_nothing_is_written_and_the_payment_stands(desk: Desk) -> None:
    assert await desk.pays() == "success"
    assert await desk.written() == []


async def test_the_same_payment_again_is_confirmed_once(desk: Desk) -> None:
    await desk.has_points(EMAIL)
    for _ in range(3):
        assert await desk.pays() == "success"
        await reconcile_payments(desk.engine.world, desk.contents)
    assert len(await desk.written()) == 1


async def test_a_payment_of_which_nobody_knew_is_confirmed_when_it_is_found(desk: Desk) -> None:
    await desk.has_points(EMAIL)
    desk.engine.gateway.confirms[:] = [ChargeResult(IntentState.UNKNOWN)]
    assert await desk.pays() == "provider_error"
    assert await desk.written() == []
    desk.engine.gateway.look_ups[:] = [SUCCEEDED]
    assert await reconcile_payments(desk.engine.world, desk.contents) == 0
    assert (await desk.the_message()).template == "payment-receipt"


async def test_a_declined_payment_is_confirmed_to_nobody(desk: Desk) -> None:
    await desk.has_points(EMAIL)
    desk.engine.gateway.confirms[:] = [DECLINED]
    assert await desk.pays() == "declined"
    assert await desk.written() == []


async def test_who_has_stopped_one_medium_gets_the_other(desk: Desk) -> None:
    await desk.has_points(EMAIL, SMS)
    stopped = Suppression(None, MARIA, None, desk.engine.clock(), "keypad")
    await desk.engine.store.write(lambda tx: tx.customers.add_suppression(stopped))
    await desk.pays()
    assert (await desk.the_message()).medium is Medium.SMS


async def test_who_has_stopped_everything_gets_nothing(desk: Desk) -> None:
    await desk.has_points(EMAIL, SMS)
    stopped = Suppression("c1", None, None, desk.engine.clock(), "keypad")
    await desk.engine.store.write(lambda tx: tx.customers.add_suppression(stopped))
    assert await desk.pays() == "success"
    assert await desk.written() == []


async def test_a_rule_names_another_message_or_none(desk: Desk) -> None:
    await desk.has_points(EMAIL)
    desk.goes_by(ConfirmTerms.model_validate({"payment": "never", "promise": "promise-confirmation"}))
    assert await desk.pays() == "success"
    assert await desk.written() == []


def profile(by: tuple[Medium, ...]) -> Profile:
    said = {"by": list(by) or "never", "section": "1", "date": "2026-01-01", "review": "?"}
    return Profile(name="strict", confirmations=Confirmations.model_validate(said))


async def test_a_profile_forbids_it_altogether(desk: Desk) -> None:
    await desk.has_points(EMAIL, SMS)
    desk.is_held_to(profile(()))
    assert await desk.pays() == "success"
    assert await desk.written() == []


async def test_a_profile_allows_one_medium(desk: Desk) -> None:
    await desk.has_points(EMAIL, SMS)
    desk.is_held_to(profile((Medium.SMS,)))
    await desk.pays()
    assert (await desk.the_message()).medium is Medium.SMS


async def test_of_no_alert_every_profile_is_heeded(desk: Desk) -> None:
    await desk.has_points(EMAIL)
    desk.is_held_to(profile(()))
    await pay(desk.engine.world, desk.contents, "call", "c1", PAYS)
    assert await desk.written() == []


async def test_debt_collectors_confirm_nothing_in_writing_as_shipped(desk: Desk) -> None:
    shipped = desk.contents.live.profiles["us-debt-collection"].confirmations
    assert shipped is not None
    assert shipped.by == ()


async def test_a_message_that_can_not_be_written_does_not_undo_the_payment(desk: Desk) -> None:
    await desk.has_points(EMAIL)
    desk.goes_by(ConfirmTerms(payment="promise-confirmation"))
    assert await desk.pays() == "success"
    assert await desk.written() == []


async def test_a_promise_is_confirmed_at_the_end_of_its_call(desk: Desk) -> None:
    await desk.has_points(EMAIL)
    await desk.says(Response.PROMISED, within_days=7)
    message = await desk.the_message()
    assert message.template == "promise-confirmation"
    assert "You promised to pay $123.45 by March 9, 2026." in message.body


async def test_a_plan_is_confirmed_with_its_parts(desk: Desk) -> None:
    await desk.has_points(EMAIL)
    desk.goes_by(promise=PromiseTerms.model_validate({"most_parts": 3}))
    await desk.says(Response.PROMISED, within_days=7, parts=3, every="month")
    message = await desk.the_message()
    assert message.template == "instalment-plan"
    assert "You agreed to pay $123.45 in 3 parts: the first, $41.15, by March 9, 2026" in message.body
    assert "the last by May 9, 2026" in message.body


async def agrees(desk: Desk) -> EffectDone:
    call_id = desk.facts.attempt.id
    call = ScriptedCall(call_id, report(call_id, desk.engine.clock(), CallResult.ANSWERED))
    host = replace(desk.engine.host(call, desk.facts), contents=desk.contents)
    effect = AuthorisePayments(7, "a1", "m1", "voice", AmountTerms.DUE, 15)
    return await authorise_payments(host, party_of(desk.facts), effect)


async def test_who_authorises_automatic_payments_gets_a_copy_once(desk: Desk) -> None:
    await desk.has_points(EMAIL)
    for _ in range(2):
        done = await agrees(desk)
        assert (done.result, done.values) == ("done", {"in_writing": True})
    message = await desk.the_message()
    assert message.template == "authorisation-copy"
    for words in ("On March 2, 2026", "what is due on your card account", "card ending in 4242"):
        assert words in message.body
    assert "on day 15 of each month, for the first time on March 15, 2026" in message.body
    assert "You can end it at any time" in message.body


async def test_who_authorises_them_and_can_not_be_written_to_hears_of_no_copy(desk: Desk) -> None:
    done = await agrees(desk)
    assert (done.result, done.values) == ("done", {"in_writing": False})
    assert await desk.written() == []


async def test_an_automatic_payment_is_confirmed_as_what_it_is(desk: Desk) -> None:
    await desk.has_points(EMAIL)
    await agrees(desk)
    desk.engine.clock.advance(days=(date(2026, 3, 15) - desk.engine.clock().date()).days)
    for _ in range(2):
        await pay_automatically(desk.engine.world, desk.contents)
    copy, receipt = sorted(await desk.written(), key=lambda message: message.created_at)
    assert (copy.template, receipt.template) == ("authorisation-copy", "automatic-payment-receipt")
    assert "As you agreed on March 2, 2026, we charged $123.45" in receipt.body
    assert receipt.alert_id is None
