"""What a customer agreed to is charged on its day, once, whatever is done twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from ivr.accounts.account_event import AccountEventKind
from ivr.accounts.hold import Hold, HoldKind
from ivr.calls.call_result import CallResult
from ivr.calls.recording import Recording, RecordingKind
from ivr.engine.authorise_payments import authorise_payments
from ivr.engine.host import Host
from ivr.engine.pay import intent_id_of
from ivr.engine.pay_automatically import ALL, _command, pay_automatically
from ivr.engine.place_hold import place_hold
from ivr.engine.scan_rule import scan_rule
from ivr.flows.effects import AuthorisePayments, Pay
from ivr.flows.on_the_line import Party
from ivr.gateways.sandbox import DECLINE, SandboxGateway
from ivr.payments.authorisation import AmountTerms, Authorisation
from ivr.payments.intent import ChargeResult, IntentState, PaymentIntent
from ivr.store.authorisations import SqlAuthorisations
from tests.contract.samples import record, usd
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import DECLINED, SUCCEEDED, ScriptedCall, ScriptedGateway, report


@pytest.fixture
def gateway(tmp_path: Path) -> SandboxGateway:
    return SandboxGateway(tmp_path / "provider.db")


@pytest.fixture
async def host(engine: Engine, gateway: SandboxGateway) -> Host:
    facts = await engine.placed()
    call_id, now = facts.attempt.id, engine.clock()
    call = ScriptedCall(call_id, report(call_id, now, CallResult.ANSWERED))
    voice = Recording("voice", RecordingKind.REMARK, call_id, None, now, now + timedelta(days=90), now, 4.0)
    await engine.store.write(lambda tx: tx.recordings.add(voice))
    host = engine.host(call, facts)
    return replace(host, world=replace(host.world, gateway=gateway))


async def agrees(
    host: Host, method: str | None = None, terms: AmountTerms = AmountTerms.DUE
) -> tuple[str, Authorisation | None]:
    party, account = Party("c1", "a1"), "a1"
    methods = await host.world.store.read(lambda tx: tx.customers.payment_methods(party.customer_id))
    effect = AuthorisePayments(7, account, method or methods[0].id, "voice", terms, 15)
    done = await authorise_payments(host, party, effect)
    return done.result, await host.world.store.read(lambda tx: tx.authorisations.of_account(account))


async def test_words_voice_terms_and_day_are_written_down_and_the_voice_is_kept(host: Host) -> None:
    result, given = await agrees(host)
    assert result == "done"
    assert given is not None
    assert (given.call_id, given.recording, given.terms, given.day) == (
        host.call.call_id,
        "voice",
        AmountTerms.DUE,
        15,
    )
    assert given.words
    voice = await host.world.store.read(lambda tx: tx.recordings.get("voice"))
    assert voice is not None
    assert voice.keep_until - host.world.clock() > timedelta(days=3000)


async def test_the_same_again_after_a_crash_is_the_same_authorisation(host: Host) -> None:
    assert (await agrees(host))[1] == (await agrees(host))[1]


async def test_somebody_else_s_card_is_refused(host: Host) -> None:
    assert await agrees(host, "nobody's") == ("failed", None)


async def test_it_is_charged_on_its_day_and_once(host: Host, engine: Engine, gateway: SandboxGateway) -> None:
    _, given = await agrees(host)
    assert given is not None
    assert await pay_automatically(host.world, engine.contents) == 0, "its day has not come"
    days = (given.next_on - engine.clock().date()).days + 1
    engine.clock.advance(days=days)
    assert await pay_automatically(host.world, engine.contents) == 1
    assert await pay_automatically(host.world, engine.contents) == 0
    [charge] = await gateway.charges()
    assert charge.method_id == given.method_id
    after = await host.world.store.read(lambda tx: tx.authorisations.of_account(given.account_id))
    assert after is not None
    assert after.last_result == "success"
    assert after.next_on > given.next_on


async def test_a_day_that_is_worked_twice_before_it_is_written_down_is_one_charge(
    host: Host, engine: Engine, gateway: SandboxGateway
) -> None:
    _, given = await agrees(host)
    assert given is not None
    engine.clock.advance(days=(given.next_on - engine.clock().date()).days + 1)
    await pay_automatically(host.world, engine.contents)
    reset = given.next_on
    await host.world.store.write(lambda tx: tx.authorisations.paid(given.id, "", reset))
    await pay_automatically(host.world, engine.contents)
    assert len(await gateway.charges()) == 1


async def test_where_nothing_is_due_nothing_is_charged_and_the_next_month_comes(
    host: Host, engine: Engine, gateway: SandboxGateway
) -> None:
    _, given = await agrees(host)
    assert given is not None
    account = await host.world.store.read(lambda tx: tx.customers.account(given.account_id))
    assert account is not None
    owed, now = account.amount_due, engine.clock()
    await host.world.store.write(lambda tx: tx.customers.apply_payment(account.id, owed, "paid", now))
    engine.clock.advance(days=(given.next_on - engine.clock().date()).days + 1)
    assert await pay_automatically(host.world, engine.contents) == 0
    after = await host.world.store.read(lambda tx: tx.authorisations.of_account(given.account_id))
    assert await gateway.charges() == []
    assert after is not None
    assert after.last_result == "nothing_due"
    assert after.next_on > given.next_on


async def on_its_day(host: Host, engine: Engine, terms: AmountTerms = AmountTerms.DUE) -> Authorisation:
    """Agree, and let the day come."""
    _, given = await agrees(host, terms=terms)
    assert given is not None
    engine.clock.advance(days=(given.next_on - engine.clock().date()).days + 1)
    return given


async def next_on(host: Host, given: Authorisation) -> date:
    [lasting] = await host.world.store.read(lambda tx: tx.authorisations.due(date.max, 9))
    assert lasting.id == given.id
    return lasting.next_on


async def hold(host: Host, given: Authorisation, kind: HoldKind, account_id: str | None) -> str:
    now, customer = host.world.clock(), given.customer_id
    placed = await host.world.store.write(
        lambda tx: place_hold(tx, kind, customer, account_id, None, "ada", now)
    )
    return placed.id


@pytest.mark.parametrize("kind", list(HoldKind))
@pytest.mark.parametrize("is_of_account", [True, False])
async def test_nothing_is_charged_under_a_hold_and_it_is_once_that_is_over(
    host: Host, engine: Engine, gateway: SandboxGateway, kind: HoldKind, is_of_account: bool
) -> None:
    given = await on_its_day(host, engine)
    hold_id = await hold(host, given, kind, given.account_id if is_of_account else None)
    assert await pay_automatically(host.world, engine.contents) == 0
    assert await gateway.charges() == []
    assert await next_on(host, given) == given.next_on
    engine.clock.advance(days=1)
    now = engine.clock()
    await host.world.store.write(lambda tx: tx.holds.lift(hold_id, "ada", now))
    assert await pay_automatically(host.world, engine.contents) == 1


async def test_a_dispute_of_one_topic_stops_the_payment_too(
    host: Host, engine: Engine, gateway: SandboxGateway
) -> None:
    given = await on_its_day(host, engine)
    disputed = Hold(
        "h", HoldKind.DISPUTED, given.customer_id, None, "deliveries", engine.clock(), None, "customer"
    )
    await host.world.store.write(lambda tx: tx.holds.place(disputed))
    assert await pay_automatically(host.world, engine.contents) == 0
    assert await gateway.charges() == []


async def test_nothing_is_charged_to_whom_the_account_is_no_longer_of(
    host: Host, engine: Engine, gateway: SandboxGateway
) -> None:
    given = await on_its_day(host, engine)
    other = record(2)
    account = await host.world.store.read(lambda tx: tx.customers.account(given.account_id))
    assert account is not None
    moved = replace(account, customer_id=other.customer.id)
    await host.world.store.write(lambda tx: tx.customers.put(replace(other, accounts=[moved])))
    assert await pay_automatically(host.world, engine.contents) == 0
    assert await gateway.charges() == []
    assert await next_on(host, given) == given.next_on


@pytest.mark.parametrize("happens", ["ended", "held"])
async def test_what_happens_right_before_the_intent_is_written_still_counts(
    host: Host, engine: Engine, gateway: SandboxGateway, monkeypatch: pytest.MonkeyPatch, happens: str
) -> None:
    given = await on_its_day(host, engine)
    now = engine.clock()

    async def meanwhile(*_: object) -> int:
        if happens == "held":
            await hold(host, given, HoldKind.DECEASED, None)
        else:
            await host.world.store.write(lambda tx: tx.authorisations.end(given.account_id, "ada", now))
        return 0

    monkeypatch.setattr("ivr.engine.pay.reconcile_payments", meanwhile)
    assert await pay_automatically(host.world, engine.contents) == 0
    assert await gateway.charges() == []


async def test_the_many_who_wait_do_not_keep_the_others_from_their_turn(
    host: Host, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = await on_its_day(host, engine)
    asked: list[int] = []

    def due(_: object, _today: date, limit: int) -> list[Authorisation]:
        asked.append(limit)
        return [given]

    monkeypatch.setattr(SqlAuthorisations, "due", due)
    await pay_automatically(host.world, engine.contents)
    assert asked == [ALL]


async def test_a_provider_that_is_away_on_the_day_does_not_cost_the_month(host: Host, engine: Engine) -> None:
    given = await on_its_day(host, engine)
    gateway = ScriptedGateway(confirms=[SUCCEEDED], is_away=True)
    world = replace(host.world, gateway=gateway)
    assert await pay_automatically(world, engine.contents) == 0
    assert await next_on(host, given) == given.next_on
    gateway.is_away = False
    assert await pay_automatically(world, engine.contents) == 0, "it is left alone for an hour"
    engine.clock.advance(seconds=3601)
    assert await pay_automatically(world, engine.contents) == 1
    assert await pay_automatically(world, engine.contents) == 0
    assert len(gateway.confirmed) == 1
    assert await next_on(host, given) > given.next_on


async def test_a_request_that_was_lost_and_withdrawn_is_made_again_under_a_new_intent(
    host: Host, engine: Engine
) -> None:
    given = await on_its_day(host, engine)
    pending = ChargeResult(IntentState.PENDING)
    gateway = ScriptedGateway(confirms=[None, None, SUCCEEDED], look_ups=[pending, pending])
    world = replace(host.world, gateway=gateway)
    assert await pay_automatically(world, engine.contents) == 0
    assert await next_on(host, given) == given.next_on
    engine.clock.advance(seconds=3601)
    assert await pay_automatically(world, engine.contents) == 1
    first, _, last = gateway.confirmed
    assert first.id != last.id


async def test_a_request_that_nobody_made_is_made_later(host: Host, engine: Engine) -> None:
    given = await on_its_day(host, engine)
    command = await host.world.store.read(lambda tx: _command(tx, given, engine.clock()))
    assert isinstance(command, Pay)
    intent = PaymentIntent(
        intent_id_of(given.id, command),
        given.account_id,
        command.amount,
        given.method_id,
        IntentState.PENDING,
    )
    now = engine.clock()
    await host.world.store.write(lambda tx: tx.payments.open_intent(intent, now))
    engine.clock.advance(seconds=130)
    assert await pay_automatically(host.world, engine.contents) == 0
    assert await next_on(host, given) == given.next_on
    engine.clock.advance(seconds=3601)
    assert await pay_automatically(host.world, engine.contents) == 1


async def test_a_real_decline_is_tried_again_next_month(host: Host, engine: Engine) -> None:
    given = await on_its_day(host, engine)
    gateway = ScriptedGateway(confirms=[DECLINED])
    world = replace(host.world, gateway=gateway)
    assert await pay_automatically(world, engine.contents) == 0
    assert await next_on(host, given) > given.next_on


@pytest.mark.parametrize(
    ("minimum", "paid", "charged"),
    [
        (2_500, None, [2_500]),
        (2_500, 1_000, [1_500]),
        (2_500, 2_500, []),  # met by telephone
        (0, None, []),  # met, as the import says
        (None, None, []),  # nobody knows of one: never all that is due in its place
        (12_345, None, [12_345]),  # all that is due
    ],
)
async def test_of_the_minimum_what_is_left_is_charged_and_never_more(
    host: Host,
    engine: Engine,
    gateway: SandboxGateway,
    minimum: int | None,
    paid: int | None,
    charged: list[int],
) -> None:
    given = await on_its_day(host, engine, AmountTerms.MINIMUM)
    [account] = record(1).accounts
    least = None if minimum is None else usd(minimum)
    changed = replace(record(1), accounts=[replace(account, minimum_due=least)])
    now = engine.clock()
    await host.world.store.write(lambda tx: tx.customers.put(changed))
    if paid is not None:
        amount = usd(paid)
        await host.world.store.write(
            lambda tx: tx.customers.apply_payment(account.id, amount, "by telephone", now)
        )
    await pay_automatically(host.world, engine.contents)
    assert [charge.amount.minor for charge in await gateway.charges()] == charged
    assert await next_on(host, given) > given.next_on


async def test_a_declined_payment_is_an_event_once_and_the_shipped_rule_calls(
    host: Host, engine: Engine
) -> None:
    known = record(1)
    [method] = known.payment_methods
    bad = replace(known, payment_methods=[replace(method, token=DECLINE)])
    await host.world.store.write(lambda tx: tx.customers.put(bad))
    _, given = await agrees(host)
    assert given is not None
    engine.clock.advance(days=(given.next_on - engine.clock().date()).days + 1)
    rule = engine.contents.live.book.rules["automatic-payment-declined"]
    for _ in range(2):
        assert await pay_automatically(host.world, engine.contents) == 0
    account = await host.world.store.read(lambda tx: tx.customers.account(given.account_id))
    assert account is not None
    assert account.events[AccountEventKind.AUTOMATIC_PAYMENT_DECLINED] == engine.clock().date()
    scanned = [await scan_rule(host.world, engine.contents, rule, engine.clock()) for _ in range(2)]
    assert [each.alerts for each in scanned] == [1, 0]
