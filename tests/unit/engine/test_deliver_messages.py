"""A message is handed over once, when nothing stands against it, and its end is known, or said not to be."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.accounts.hold import Hold, HoldKind
from ivr.accounts.suppression import Suppression
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.calls.call_result import CallResult
from ivr.engine.carry_out_effect import carry_out_effect
from ivr.engine.content import Content, Contents
from ivr.engine.deliver_messages import deliver_messages, retry_after
from ivr.engine.messaging import Messaging, Outgoing
from ivr.engine.open_link import LinkState, OpenedLink, open_link
from ivr.engine.ports import CustomerRecord
from ivr.engine.queue_message import NewMessage, queue_message
from ivr.engine.send_message import send_message
from ivr.engine.session_variables import flow_variables
from ivr.engine.start_session import start_session
from ivr.errors import MessageError
from ivr.flows.effects import Pay, SendMessage
from ivr.messages.link import LINK_MARK
from ivr.messages.message import Handover, HandoverResult, Message, MessageState
from ivr.money import Money
from ivr.payments.intent import ChargeResult, IntentState
from ivr.rules.promise_terms import PromiseTerms
from tests.contract.samples import record
from tests.unit.engine.conftest import Engine, party_of
from tests.unit.engine.scripted import ScriptedCall, report

BASE = "https://bank.test/l"
MARIA = "maria@example.com"
SMS_NUMBER = "+12025550188"
ASKS = SendMessage(4, "email", "payment-link")


@dataclass
class ScriptedMessenger:
    """Delivers what it is given, and answers from a script."""

    can_be_asked: bool = False
    given: list[Outgoing] = field(default_factory=list)
    answers: list[Handover] = field(default_factory=list)
    told: list[Handover] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    async def hand_over(self, message: Outgoing) -> Handover:
        self.given.append(message)
        return self.answers.pop(0) if self.answers else Handover(HandoverResult.SENT, "p-1")

    async def look_up(self, message_id: str) -> Handover:
        self.asked.append(message_id)
        return self.told.pop(0) if self.told else Handover(HandoverResult.UNKNOWN)


@dataclass
class Post:
    """An engine that sends messages, and who takes them."""

    engine: Engine
    contents: Contents
    email: ScriptedMessenger
    sms: ScriptedMessenger

    async def calls(self, *points: ContactPoint) -> EligibilityFacts:
        """Be in a call with a customer who has these addresses besides."""
        facts = await self.engine.placed()
        known = record(1)
        whole = CustomerRecord(
            known.customer, known.accounts, [*known.contact_points, *points], known.payment_methods
        )
        await self.engine.store.write(lambda tx: tx.customers.put(whole))
        return facts

    async def asks(self, facts: EligibilityFacts, command: SendMessage = ASKS, language: str = "en") -> str:
        """Have the flow send something; return the result."""
        call = ScriptedCall(
            facts.attempt.id, report(facts.attempt.id, self.engine.clock(), CallResult.ANSWERED)
        )
        host = replace(self.engine.host(call, facts), contents=self.contents)
        return (await send_message(host, party_of(facts), command, language)).result

    async def delivers(self) -> int:
        return await deliver_messages(self.engine.world, self.contents)

    async def message(self) -> Message:
        """Return the only message that there is."""
        [found] = await self.engine.store.read(
            lambda tx: [each for alert in tx.alerts.open_alerts() for each in tx.messages.of_alert(alert.id)]
        )
        return found

    async def opens(self, token: str) -> OpenedLink:
        opened = await self.tries(token)
        assert opened is not None
        return opened

    async def tries(self, token: str) -> OpenedLink | None:
        now = self.engine.clock()
        return await self.engine.store.write(lambda tx: open_link(tx, token, now))

    async def opts_out(self, customer_id: str | None, address: str | None) -> None:
        said = Suppression(customer_id, address, None, self.engine.clock(), "keypad")
        await self.engine.store.write(lambda tx: tx.customers.add_suppression(said))


def email_point(address: str = MARIA) -> ContactPoint:
    return ContactPoint("e1", "c1", Medium.EMAIL, address)


def token_in(outgoing: Outgoing) -> str:
    return outgoing.body.partition(f"{BASE}/")[2].split()[0]


@pytest.fixture
def post(engine: Engine, content: Content) -> Post:
    email, sms = ScriptedMessenger(), ScriptedMessenger(can_be_asked=True)
    messaging = Messaging({Medium.EMAIL: email, Medium.SMS: sms}, frozenset({MARIA, SMS_NUMBER}), BASE)
    engine.world = replace(engine.world, messaging=messaging)
    return Post(engine, engine.contents, email, sms)


async def test_a_link_that_is_asked_for_is_sent_once_and_opens_a_page(post: Post) -> None:
    facts = await post.calls(email_point())
    assert await post.asks(facts) == "sent"
    assert await post.asks(facts) == "sent", "the same effect again, after a crash"
    assert await post.delivers() == 1
    assert await post.delivers() == 0
    [mail] = post.email.given
    assert (mail.to, mail.subject) == (MARIA, "Your payment to Sample Bank")
    assert "link to pay $123.45" in mail.body
    assert LINK_MARK not in mail.body
    opened = await post.opens(token_in(mail))
    assert opened.state is LinkState.OPEN
    assert (opened.account and opened.account.id, opened.alert and opened.alert.id) == ("a1", facts.alert.id)
    message = await post.message()
    assert (message.state, message.provider_id, message.tries) == (MessageState.SENT, "p-1", 1)
    assert message.attempt_id == facts.attempt.id
    assert token_in(mail) not in message.body


async def test_it_is_written_in_the_language_of_the_call(post: Post) -> None:
    facts = await post.calls(email_point())
    await post.asks(facts, language="es")
    await post.delivers()
    assert post.email.given[0].subject == "Su pago a Sample Bank"


async def test_a_link_is_over_in_its_time_or_when_nothing_is_due_and_a_guess_tells_nothing(
    post: Post,
) -> None:
    facts = await post.calls(email_point())
    await post.asks(facts)
    await post.delivers()
    token = token_in(post.email.given[0])
    assert await post.tries("x" * 22) is None
    now = post.engine.clock()
    await post.engine.store.write(
        lambda tx: tx.customers.apply_payment("a1", Money(12_345, "USD"), "paid", now)
    )
    assert (await post.opens(token)).state is LinkState.SETTLED
    post.engine.clock.advance(days=3)
    assert (await post.opens(token)).state is LinkState.EXPIRED


async def test_the_page_of_the_provider_is_behind_the_link_and_not_in_the_mail(post: Post) -> None:
    facts = await post.calls(email_point())
    page = "https://provider.test/approve/secret"
    await post.asks(facts, SendMessage(4, "email", "payment-approval", {"page": page}))
    await post.delivers()
    [mail] = post.email.given
    assert page not in mail.body
    assert (await post.opens(token_in(mail))).link.page == page


@pytest.mark.parametrize("address", [None, "stranger@example.com"])
async def test_without_an_address_that_may_be_used_nothing_is_queued(post: Post, address: str | None) -> None:
    """Before going live only listed addresses get anything."""
    facts = await post.calls(*([] if address is None else [email_point(address)]))
    assert await post.asks(facts) == "no_address"
    if address is not None:
        now = post.engine.clock()
        await post.engine.store.write(lambda tx: tx.controls.set_live(True, "ada", now))
        assert await post.asks(facts) == "sent"


async def test_what_can_t_be_sent_at_all_fails_at_once(post: Post) -> None:
    facts = await post.calls(email_point())
    assert await post.asks(facts, SendMessage(4, "email", "no-such-message")) == "failed"
    assert await post.asks(facts, SendMessage(4, "email", "payment-receipt")) == "failed", "no values"
    post.engine.world = replace(post.engine.world, messaging=Messaging())
    assert await post.asks(facts) == "failed", "nobody delivers e-mail"


async def test_an_address_gets_no_more_than_the_cap_in_a_day(post: Post) -> None:
    few = replace(post.engine.world.messaging, most_a_day=2)
    post.engine.world = replace(post.engine.world, messaging=few)
    facts = await post.calls(email_point())
    results = [await post.asks(facts, replace(ASKS, effect_id=number)) for number in (1, 2, 3)]
    assert results == ["sent", "sent", "no_address"]
    post.engine.clock.advance(days=1)
    assert await post.asks(facts, replace(ASKS, effect_id=4)) == "sent"


async def test_an_opt_out_that_comes_before_the_sender_holds(post: Post) -> None:
    facts = await post.calls(email_point())
    await post.asks(facts)
    await post.opts_out("c1", None)
    assert await post.delivers() == 0
    message = await post.message()
    assert (message.state, message.reason) == (MessageState.FAILED, "opted_out")
    post.engine.clock.advance(seconds=1)
    assert await post.asks(facts, replace(ASKS, effect_id=5)) == "sent", "who asks for it after that wants it"
    await post.opts_out(None, MARIA)
    post.engine.clock.advance(seconds=1)
    assert await post.asks(facts, replace(ASKS, effect_id=6)) == "no_address", "the address itself said stop"


async def test_stop_all_holds_messages_back_and_resume_lets_them_go(post: Post) -> None:
    facts = await post.calls(email_point())
    await post.asks(facts)
    now = post.engine.clock()
    await post.engine.store.write(lambda tx: tx.controls.set_stopped(True, "ada", now))
    assert await post.delivers() == 0
    await post.engine.store.write(lambda tx: tx.controls.set_stopped(False, "ada", now))
    post.engine.clock.advance(minutes=1)
    assert await post.delivers() == 1


async def test_what_nobody_asked_for_waits_for_the_hours_of_its_rule(post: Post) -> None:
    facts = await post.calls(email_point())
    post.engine.clock.advance(hours=12)  # ten in the evening
    now = post.engine.clock()
    variables = flow_variables(post.contents.live.company, facts, (), (), PromiseTerms(), now.date())
    new = NewMessage(
        id="m1",
        medium=Medium.EMAIL,
        template="payment-link",
        language="en",
        variables=variables,
        customer_id="c1",
        account_id="a1",
        alert_id=facts.alert.id,
    )
    world = post.engine.world
    await world.store.write(lambda tx: queue_message(tx, post.contents.live, world.messaging, new, now))
    assert await post.delivers() == 0
    post.engine.clock.advance(hours=9, minutes=59)
    assert await post.delivers() == 0, "one minute to eight"
    post.engine.clock.advance(minutes=1)
    assert await post.delivers() == 1


async def test_what_nobody_asked_for_rests_with_a_hold_and_what_was_asked_for_does_not(post: Post) -> None:
    facts = await post.calls(email_point())
    now, world, live = post.engine.clock(), post.engine.world, post.contents.live
    disputed = Hold("h1", HoldKind.DISPUTED, "c1", "a1", None, now, now + timedelta(hours=1), "customer")
    await world.store.write(lambda tx: tx.holds.place(disputed))
    assert await post.asks(facts) == "sent"
    variables = flow_variables(live.company, facts, (), (), PromiseTerms(), now.date())
    new = NewMessage("m1", Medium.EMAIL, "payment-link", "en", variables, "c1", "a1", facts.alert.id)
    await world.store.write(lambda tx: queue_message(tx, live, world.messaging, new, now))
    assert await post.delivers() == 1
    post.engine.clock.advance(hours=1)
    assert await post.delivers() == 1


async def test_a_stranger_gets_only_what_anyone_may_read(post: Post) -> None:
    facts = await post.calls()
    live, now = post.contents.live, post.engine.clock()
    variables = flow_variables(live.company, facts, (), (), PromiseTerms(), now.date())
    new = NewMessage("m1", Medium.SMS, "forwarded-alert", "en", variables, address=SMS_NUMBER)
    world = post.engine.world
    queued = await world.store.write(lambda tx: queue_message(tx, live, world.messaging, new, now))
    assert queued is not None
    assert await post.delivers() == 1
    assert "$" not in post.sms.given[0].body
    for_customers = replace(new, id="m2", template="payment-link")
    with pytest.raises(MessageError, match="customer's own addresses only"):
        await world.store.write(lambda tx: queue_message(tx, live, world.messaging, for_customers, now))


async def test_what_was_certainly_not_sent_is_tried_again_later_and_later(post: Post) -> None:
    facts = await post.calls(email_point())
    await post.asks(facts)
    post.email.answers = [Handover(HandoverResult.NOT_SENT, reason="away")] * 2
    assert await post.delivers() == 0
    assert await post.delivers() == 0, "not at once"
    post.engine.clock.advance(seconds=5)
    assert await post.delivers() == 0
    post.engine.clock.advance(seconds=10)
    assert await post.delivers() == 1
    assert [mail.id for mail in post.email.given] == [post.email.given[0].id] * 3
    assert (await post.opens(token_in(post.email.given[2]))).state is LinkState.OPEN


async def test_what_is_never_taken_fails_when_its_time_is_over(post: Post) -> None:
    facts = await post.calls(email_point())
    await post.asks(facts)
    post.email.answers = [Handover(HandoverResult.NOT_SENT, reason="away")]
    await post.delivers()
    post.engine.clock.advance(days=3)
    assert await post.delivers() == 0
    assert (await post.message()).state is MessageState.FAILED


async def test_a_refusal_is_final(post: Post) -> None:
    facts = await post.calls(email_point())
    await post.asks(facts)
    post.email.answers = [Handover(HandoverResult.REFUSED, reason="SMTP 550")]
    await post.delivers()
    post.engine.clock.advance(hours=1)
    await post.delivers()
    message = await post.message()
    assert (message.state, message.reason, len(post.email.given)) == (MessageState.FAILED, "SMTP 550", 1)


async def test_an_unknown_e_mail_is_never_sent_again(post: Post) -> None:
    facts = await post.calls(email_point())
    await post.asks(facts)
    post.email.answers = [Handover(HandoverResult.UNKNOWN, reason="no answer")]
    await post.delivers()
    post.engine.clock.advance(hours=1)
    await post.delivers()
    assert ((await post.message()).state, len(post.email.given)) == (MessageState.UNKNOWN, 1)


@pytest.mark.parametrize(
    ("told", "state", "times"),
    [
        (HandoverResult.DELIVERED, MessageState.DELIVERED, 1),
        (HandoverResult.REFUSED, MessageState.FAILED, 1),
        (HandoverResult.NOT_SENT, MessageState.SENT, 2),
    ],
)
async def test_an_unknown_text_message_is_asked_for_and_sent_again_only_if_it_never_arrived(
    post: Post, told: HandoverResult, state: MessageState, times: int
) -> None:
    facts = await post.calls(ContactPoint("s1", "c1", Medium.SMS, SMS_NUMBER))
    await post.asks(facts, replace(ASKS, medium="sms"))
    post.sms.answers = [Handover(HandoverResult.UNKNOWN)]
    await post.delivers()
    assert ((await post.message()).state, post.sms.asked) == (MessageState.SENDING, [])
    post.sms.told = [Handover(HandoverResult.UNKNOWN), Handover(told)]
    for _ in range(6):
        post.engine.clock.advance(seconds=5)
        await post.delivers()
    assert ((await post.message()).state, len(post.sms.given)) == (state, times)
    assert {each.id for each in post.sms.given} == {(await post.message()).id}


async def test_the_delivery_of_a_text_message_is_asked_for_until_it_is_known(post: Post) -> None:
    facts = await post.calls(ContactPoint("s1", "c1", Medium.SMS, SMS_NUMBER))
    await post.asks(facts, replace(ASKS, medium="sms"))
    await post.delivers()
    post.sms.told = [Handover(HandoverResult.SENT), Handover(HandoverResult.DELIVERED, "p-1")]
    for _ in range(3):
        post.engine.clock.advance(minutes=2)
        await post.delivers()
    assert ((await post.message()).state, len(post.sms.given), len(post.sms.asked)) == (
        MessageState.DELIVERED,
        1,
        2,
    )


def test_waits_double_up_to_half_an_hour() -> None:
    assert [retry_after(tries) for tries in (1, 2, 3, 50)] == [
        timedelta(seconds=5),
        timedelta(seconds=10),
        timedelta(seconds=20),
        timedelta(minutes=30),
    ]


@pytest.mark.parametrize(("points", "result"), [((email_point(),), "requires_action"), ((), "declined")])
async def test_a_payment_becomes_a_link_only_where_one_can_be_sent(
    post: Post, points: tuple[ContactPoint, ...], result: str
) -> None:
    facts = await post.calls(*points)
    page = "https://provider.test/p1"
    needs_the_customer = ChargeResult(IntentState.REQUIRES_ACTION, provider_id="p1", link=page)
    post.engine.gateway.confirms = [needs_the_customer]
    call = ScriptedCall(facts.attempt.id, report(facts.attempt.id, post.engine.clock(), CallResult.ANSWERED))
    due = facts.account.amount_due
    command = Pay(3, facts.account.id, due, "m1", due=due, by_link=True)
    state = (await start_session(post.engine.world, post.contents, facts)).session.start().state
    done = await carry_out_effect(post.engine.host(call, facts), command, state)
    assert done is not None
    assert done.result == result
