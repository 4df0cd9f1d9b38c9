"""What `ivr why` reads, and that it never disagrees with the dispatcher, on both databases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.accounts.hold import Hold, HoldKind
from ivr.accounts.promise import Part, Promise
from ivr.accounts.suppression import Suppression
from ivr.alerts.alert import Alert, AlertState, Forwarded
from ivr.alerts.making import make_alert
from ivr.attempts.attempt import AttemptState
from ivr.attempts.eligibility.ask import Policies
from ivr.attempts.eligibility.decision import Decision, Verdict
from ivr.attempts.pacing import Pace
from ivr.attempts.retry_rule import RetryRule
from ivr.attempts.rule_book import RuleBook
from ivr.calling_hours import CallingHours, Window
from ivr.engine.check_eligibility import check_at_claim
from ivr.engine.content import Company, Content, Contents
from ivr.engine.explain_customer import Named
from ivr.engine.line import Line
from ivr.engine.ports.alert_choices import NewAlertChoice
from ivr.engine.ports.customers import Choice
from ivr.messages.link import Link, LinkPurpose
from ivr.messages.message import Message
from ivr.phone_number import PhoneNumber
from ivr.rules.alert_choice import AlertChoice
from ivr.rules.matching import match
from ivr.store.tables.alerts import decisions
from ivr.store.transaction import SqlTransaction
from ivr.store.why_facts import customers_named, why_facts
from ivr.why.explain import explain_customer
from ivr.why.explanation import AttemptTold, Why
from tests.contract.samples import (
    LEASE,
    NOW,
    add_due_attempt,
    alert,
    claim,
    new_attempt,
    new_call,
    record,
    rule_when,
    take_epoch,
    usd,
)

EASTERN = ZoneInfo("America/New_York")
RULE = rule_when(
    {
        "all": [
            {"field": "account.amount_due", "more_than": 0},
            {"field": "account.due_on", "before": "today"},
        ]
    },
    name="payment-overdue",
    caps={"per_hour": 1},
    customer_may={"named": {"en": "Overdue"}, "off": True, "time": True},
)
HOURS = CallingHours.model_validate(
    {"name": "us-standard", "title": "8 to 9", "days": {"every_day": "08:00-21:00"}}
)
RETRY = RetryRule.model_validate(
    {
        "name": "standard",
        "title": "Standard",
        "max_attempts": 3,
        "retry": {},
        "otherwise": {"after": ["2h"], "max_attempts": 3},
    }
)
BOOK = RuleBook({RULE.name: RULE}, {RETRY.name: RETRY}, {HOURS.name: HOURS})
LINE = Line(
    trunk="carrier",
    is_simulated=False,
    caller_id=None,
    pace=Pace(calls_per_second=1),
    max_calls=1,
    max_duration=60,
    allowed_prefixes=("+1202",),
)


def contents_with(book: RuleBook) -> Contents:
    company = Company("Sample Bank", PhoneNumber("+12025550100"))
    # Nobody speaks here.
    return Contents(Content(company, EASTERN, book, {}, cast("Any", None)))


def explained(tx: SqlTransaction, now: datetime = NOW, book: RuleBook = BOOK, customer: str = "c1") -> Why:
    known = why_facts(tx, customer, now)
    assert known is not None
    permission = LINE.permission(is_live=known.is_live)
    return explain_customer(known, Policies(book, EASTERN, permission), now)


def attempts_of(why: Why) -> list[AttemptTold]:
    of_rules = [told for account in why.accounts for rule in account.rules for told in rule.alerts]
    return [attempt for told in (*of_rules, *(each.alert for each in why.moved)) for attempt in told.attempts]


Change = Callable[[SqlTransaction, str], None]
"""Something that happens to customer c1 and the attempt of that id."""


def _says_no(customer_id: str | None, address: str | None, topic: str | None) -> Change:
    said = Suppression(customer_id, address, topic, NOW - timedelta(days=2), "keypad")
    return lambda tx, _: tx.customers.add_suppression(said)


def _held(account_id: str | None, topic: str | None, until: datetime | None) -> Change:
    name, since = f"hold of {account_id} until {until}", NOW - timedelta(days=1)
    hold = Hold(name, HoldKind.DISPUTED, "c1", account_id, topic, since, until, "ada")

    def change(tx: SqlTransaction, _attempt_id: str) -> None:
        if account_id == "a2":
            tx.customers.put(record(2))
        tx.holds.place(hold)

    return change


def _account(**changes: Any) -> Change:
    def change(tx: SqlTransaction, _attempt_id: str) -> None:
        given = record(1)
        tx.customers.put(replace(given, accounts=[replace(given.accounts[0], **changes)]))

    return change


def _promised(tx: SqlTransaction, _attempt_id: str) -> None:
    part = Part(usd(100), date(2026, 3, 4), NOW + timedelta(days=3))
    tx.promises.add(Promise("p", "a1", "c1", None, "payments", None, NOW, usd(12_345), (part,)))


def _moved(tx: SqlTransaction, _attempt_id: str) -> None:
    [account], other = tx.customers.accounts_of("c1"), record(2)
    tx.customers.put(replace(other, accounts=[*other.accounts, replace(account, customer_id="c2")]))


def _called(tx: SqlTransaction, attempt_id: str) -> None:
    tx.calls.open(
        replace(new_call(tx.attempts.get(attempt_id)), id="call", started_at=NOW - timedelta(minutes=9))
    )


def _on_the_line(tx: SqlTransaction, _attempt_id: str) -> None:
    tx.alerts.add(alert(1, key="b"))
    other = tx.attempts.add(new_attempt(1, key="b"))
    assert other is not None
    epoch = take_epoch(tx, name="other", owner="other")
    for attempt in claim(tx, epoch, owner="other"):
        if attempt.id == other:
            assert tx.attempts.placing(other, epoch, NOW)
        else:
            tx.attempts.release(attempt.id, epoch, NOW, "not_dialled")


def _chose(choice: AlertChoice) -> Change:
    return lambda tx, _: tx.alert_choices.keep(NewAlertChoice("c1", RULE.name, choice, NOW, "call", None))


CHANGES: dict[str, Change] = {
    "opts out of payments": _says_no("c1", None, "payments"),
    "opts out of everything": _says_no("c1", None, None),
    "opts out of other things": _says_no("c1", None, "orders"),
    "the number opts out": _says_no(None, "+12025550001", None),
    "another customer opts out": _says_no("c2", None, None),
    "a hold on everything": _held(None, None, None),
    "a hold on the account, for a time": _held("a1", "payments", NOW + timedelta(days=2)),
    "a hold that is over": _held("a1", None, NOW - timedelta(hours=1)),
    "a hold on another account": _held("a2", None, None),
    "has paid": _account(amount_due=usd(0)),
    "is due later": _account(due_on=date(2026, 4, 1)),
    "has promised": _promised,
    "the account is another customer's": _moved,
    "was called": _called,
    "is on the line": _on_the_line,
    "does not want to hear of it": _chose(AlertChoice(wanted=False)),
    "wants to hear of it in the evening": _chose(AlertChoice(at=time(18, 30))),
    "wants to be called in the evening": lambda tx, _: tx.customers.prefer(
        "c1", Choice(hours=Window(18 * 60, 20 * 60))
    ),
    "is not this number's": lambda tx, _: tx.customers.mark_unusable("p1", NOW),
    "asked to be called later": lambda tx, _: tx.alerts.defer("alert1", NOW + timedelta(hours=5)),
    "the alert is settled": lambda tx, _: cast(
        "None", tx.alerts.end("alert1", AlertState.SETTLED, "paid", NOW)
    ),
    "went live": lambda tx, _: tx.controls.set_live(True, "ada", NOW),
}
BOOKS = {
    "as it is": BOOK,
    "without the rule": replace(BOOK, rules={}),
    "with hours that never are": replace(
        BOOK, hours={HOURS.name: HOURS.model_copy(update={"days": {"every_day": ()}})}
    ),
}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.lists(st.sampled_from(sorted(CHANGES)), max_size=4, unique=True),
    is_live=st.booleans(),
    book=st.sampled_from(sorted(BOOKS)),
    hours=st.integers(0, 15 * 24),
)
def test_why_never_disagrees_with_the_dispatcher(
    engine: sa.Engine, changes: Sequence[str], is_live: bool, book: str, hours: int
) -> None:
    """Whatever is the case: the stage and the reason that why tells are those that the dispatcher keeps."""
    with engine.connect() as connection, connection.begin() as transaction:
        tx, now = SqlTransaction(connection), NOW + timedelta(hours=hours)
        attempt_id = add_due_attempt(tx)
        if is_live:
            tx.controls.set_live(True, "ada", NOW)
        for name in changes:
            CHANGES[name](tx, attempt_id)
        told = _of(explained(tx, now, BOOKS[book]), attempt_id)
        dispatched = _dispatch(tx, attempt_id, now, BOOKS[book])
        after = _of(explained(tx, now, BOOKS[book]), attempt_id)
        transaction.rollback()
    assert told.asked_now is not None
    assert (told.asked_now.stage, told.asked_now.reason, told.asked_now.until) == (
        dispatched.stage,
        dispatched.reason,
        dispatched.until,
    )
    assert told.waiting is not None
    assert told.waiting.reason == ("due" if dispatched.verdict is Verdict.GO else dispatched.reason)
    kept = after.decisions[-1]
    assert (kept.stage, kept.reason, kept.times_seen) == (dispatched.stage, dispatched.reason, 1)
    if after.waiting is not None and dispatched.verdict is Verdict.DEFER:
        assert (after.waiting.reason, after.waiting.until) == (dispatched.reason, dispatched.until)


def _of(why: Why, attempt_id: str) -> AttemptTold:
    [told] = [each for each in attempts_of(why) if each.attempt_id == attempt_id]
    return told


def _dispatch(tx: SqlTransaction, attempt_id: str, now: datetime, book: RuleBook) -> Decision:
    """Let the dispatcher claim and check the attempt; return what it kept."""
    epoch = take_epoch(tx, at=now)
    tx.attempts.claim_due("engine", epoch, now, 100, now + LEASE)
    [facts] = tx.attempts.eligibility([attempt_id], now)
    check_at_claim(tx, contents_with(book), LINE, facts, epoch, now)
    row = tx.connection.execute(sa.select(decisions).where(decisions.c.attempt_id == attempt_id)).one()
    return Decision(row.stage, row.verdict, row.reason, row.detail, row.until)


def _with_an_email(tx: SqlTransaction) -> None:
    given = record(1)
    email = ContactPoint("e1", "c1", Medium.EMAIL, "maria@example.com", rank=2)
    tx.customers.put(replace(given, contact_points=[*given.contact_points, email]))


def test_everything_of_the_customer_is_read_and_nothing_of_others(tx: SqlTransaction) -> None:
    attempt_id = add_due_attempt(tx, 1)
    _with_an_email(tx)
    add_due_attempt(tx, 2)
    for said in (
        Suppression("c1", None, "orders", NOW, "keypad"),
        Suppression(None, "maria@example.com", None, NOW, "import"),
        Suppression("c2", "+12025550002", None, NOW, "import"),
    ):
        tx.customers.add_suppression(said)
    CHANGES["a hold on everything"](tx, attempt_id)
    CHANGES["a hold that is over"](tx, attempt_id)
    tx.rule_runs.begin(RULE.name, NOW - timedelta(minutes=10), NOW - timedelta(minutes=10))
    tx.rule_runs.begin(RULE.name, NOW - timedelta(minutes=5), NOW - timedelta(minutes=5))
    tx.controls.set_stopped(True, "ada", NOW)
    known = why_facts(tx, "c1", NOW)
    assert known is not None
    assert (known.customer, [each.id for each in known.accounts]) == (record(1).customer, ["a1"])
    assert [each.id for each in known.contact_points] == ["p1", "e1"]
    assert {(each.customer_id, each.address) for each in known.suppressions} == {
        ("c1", None),
        (None, "maria@example.com"),
    }
    assert [each.id for each in known.holds] == ["hold of None until None"]
    [past] = known.alerts
    [attempt] = past.attempts
    assert (past.alert.id, attempt.attempt.id, attempt.is_third_party) == ("alert1", attempt_id, False)
    assert attempt.now == tx.attempts.eligibility([attempt_id], NOW)[0]
    assert known.last_looks == {RULE.name: NOW - timedelta(minutes=5)}
    assert (known.is_live, known.is_stopped) == (False, True)
    assert why_facts(tx, "nobody", NOW) is None


def test_the_calls_that_count_for_caps_are_those_that_the_stages_count(tx: SqlTransaction) -> None:
    attempt_id = add_due_attempt(tx)
    attempt = tx.attempts.get(attempt_id)
    for name, days in (("old", 31), ("late", 1), ("early", 29)):
        tx.calls.open(replace(new_call(attempt), id=name, started_at=NOW - timedelta(days=days)))
    tx.calls.open(replace(new_call(attempt), id="in", direction="inbound"))
    known = why_facts(tx, "c1", NOW)
    [facts] = tx.attempts.eligibility([attempt_id], NOW)
    assert known is not None
    assert list(known.recent_call_times) == list(facts.recent_call_times)
    assert len(known.recent_call_times) == 2


@pytest.mark.parametrize("has_moved", [False, True])
@pytest.mark.parametrize("had_its_alert", [False, True])
def test_an_alert_is_announced_where_the_scan_makes_one(
    tx: SqlTransaction, has_moved: bool, had_its_alert: bool
) -> None:
    """Whose account it was when the matter had its alert is all the same."""
    tx.controls.set_live(True, "ada", NOW)
    tx.customers.put(replace(record(2), accounts=[]))
    tx.customers.put(record(1))
    if had_its_alert:
        assert tx.alerts.add(_found(tx, "c1"))
    owner = "c2" if has_moved else "c1"
    if has_moved:
        tx.customers.put(
            replace(record(2), accounts=[replace(record(1).accounts[0], customer_id="c2")]),
        )
    why = explained(tx, customer=owner)
    [[rule]] = [account.rules for account in why.accounts]
    assert rule.matches
    assert ("It makes an alert" in rule.sentence) is not had_its_alert
    assert ("planned when" in why.conclusion) is not had_its_alert
    assert tx.alerts.add(_found(tx, owner)) is not had_its_alert


def _found(tx: SqlTransaction, customer_id: str) -> Alert:
    """Return the alert that a scan would make of account a1."""
    customer, account, today = tx.customers.customer(customer_id), tx.customers.account("a1"), NOW.date()
    assert customer is not None
    assert account is not None
    return make_alert(
        f"of {customer_id}", RULE, customer, account, match(RULE, customer, account, today), today, NOW
    )


def test_of_an_account_that_moved_nobody_is_called_and_its_first_customer_is_told_why(
    tx: SqlTransaction,
) -> None:
    attempt_id = add_due_attempt(tx)
    tx.controls.set_live(True, "ada", NOW)
    _moved(tx, attempt_id)
    why = explained(tx)
    assert (why.accounts, [each.account_id for each in why.moved]) == ((), ["a1"])
    assert why.conclusion == "No call will come because the account is another customer's by now."
    decided = _dispatch(tx, attempt_id, NOW, BOOK)
    assert (decided.verdict, decided.reason) == (Verdict.CANCEL, "cause_gone")
    other = explained(tx, customer="c2")
    assert (other.moved, attempts_of(other)) == ((), [])


def test_decisions_are_counted_and_told_by_attempt(tx: SqlTransaction) -> None:
    attempt_id = add_due_attempt(tx)
    no = Decision("not_allowed_yet", Verdict.DEFER, "not_live", "not live", NOW + timedelta(minutes=15))
    yes = Decision("eligible", Verdict.GO, "eligible", "nothing stands against the call")
    for minutes, decision in ((0, no), (15, no), (30, yes)):
        tx.alerts.decided("alert1", attempt_id, decision, NOW + timedelta(minutes=minutes))
    told = _of(explained(tx), attempt_id).decisions
    assert [(each.reason, each.times_seen) for each in told] == [("not_live", 2), ("eligible", 1)]
    assert (told[0].first_seen_at, told[0].last_seen_at) == (NOW, NOW + timedelta(minutes=15))


def test_of_an_attempt_that_is_over_nothing_is_asked_any_more(tx: SqlTransaction) -> None:
    attempt_id, epoch = add_due_attempt(tx), take_epoch(tx)
    claim(tx, epoch)
    tx.attempts.close(attempt_id, epoch, AttemptState.CANCELLED, NOW, "opted_out", None)
    told = _of(explained(tx), attempt_id)
    assert (told.asked_now, told.waiting) == (None, None)
    assert told.sentence == "It was not made: the customer opted out."


def test_whom_an_alert_was_passed_on_to_is_marked(tx: SqlTransaction) -> None:
    add_due_attempt(tx)
    tx.customers.add_third_party(
        ContactPoint("t1", "c1", Medium.VOICE, "+12025559999", usable=True, third_party=True)
    )
    tx.alerts.add(replace(alert(1, key="f"), forwarded=Forwarded("alert1", "t1", None)))
    theirs = tx.attempts.add(replace(new_attempt(1, key="f"), contact_point_id="t1", address="+12025559999"))
    told = _of(explained(tx), str(theirs))
    assert told.address is None
    assert "+12025559999" not in str(explained(tx))


MESSAGE = Message(
    id="m1",
    customer_id="c1",
    account_id="a1",
    alert_id=None,
    attempt_id=None,
    medium=Medium.SMS,
    contact_point_id="p1",
    address="+12025550001",
    topic="payments",
    template="payment-link",
    content_version=3,
    language="en",
    subject="",
    body="Pay here: \ue002",
    is_asked_for=True,
    created_at=NOW,
    expires_at=NOW + timedelta(hours=1),
)


def test_links_are_told_while_they_lead_somewhere(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    for name, lasts in (("over", -1), ("open", 1), ("unsent", 1)):
        link = Link(
            name,
            LinkPurpose.PAY,
            "c1",
            "a1",
            None,
            name,
            None,
            NOW - timedelta(days=1),
            NOW + timedelta(days=lasts),
        )
        tx.messages.add(replace(MESSAGE, id=name, link_id=name), link)
        if name != "unsent":
            tx.messages.sending(name, take_epoch(tx, name=name), NOW, f"hash of {name}")
    [link_told] = explained(tx).links
    assert (link_told.purpose, link_told.until) == (LinkPurpose.PAY, NOW + timedelta(days=1))


def test_a_customer_is_named_by_id_by_number_and_by_reference(tx: SqlTransaction) -> None:
    for number in (1, 2, 3):
        tx.customers.put(record(number, "+12025550100" if number < 3 else None))
    tx.customers.mark_unusable("p2", NOW)
    tx.alerts.add(replace(alert(3), reference="123456788"))
    sharing = [Named("c1", "Customer 1"), Named("c2", "Customer 2")]
    assert customers_named(tx, "c1", None) == sharing[:1]
    assert customers_named(tx, "+12025550100", None) == sharing
    assert customers_named(tx, "(202) 555-0100", "US") == sharing
    assert customers_named(tx, "(202) 555-0100", None) == []
    for written in ("123456788", "123 456 788", "123-456-788"):
        assert customers_named(tx, written, None) == [Named("c3", "Customer 3")]
    assert customers_named(tx, "123456789", None) == []
    assert customers_named(tx, "nobody", None) == []


def test_an_id_that_reads_like_a_number_is_an_id(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    given = record(2)
    named = replace(
        given,
        customer=replace(given.customer, id="+12025550001"),
        accounts=[replace(given.accounts[0], customer_id="+12025550001")],
        contact_points=[replace(given.contact_points[0], customer_id="+12025550001")],
        payment_methods=[],
    )
    tx.customers.put(named)
    assert customers_named(tx, "+12025550001", None) == [Named("+12025550001", "Customer 2")]
