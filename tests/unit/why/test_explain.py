"""One sentence in the end, and under it everything that it stands on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.accounts.hold import Hold, HoldKind
from ivr.accounts.promise import Part, Promise
from ivr.accounts.suppression import Suppression
from ivr.alerts.alert import AlertState
from ivr.attempts.attempt import AttemptState
from ivr.attempts.eligibility.ask import Policies
from ivr.attempts.eligibility.decision import Decision, Verdict
from ivr.calling_hours import Window
from ivr.money import Money
from ivr.rules.alert_choice import AlertChoice
from ivr.why.explain import explain_customer
from ivr.why.explanation import RuleTold, Waiting, Why
from ivr.why.facts import DecisionSeen, WhyFacts
from tests.unit.why.cases import (
    ACCOUNT,
    ALERT,
    BOOK,
    CUSTOMER,
    NOT_LIVE,
    NOW,
    OTHER_POINT,
    POINT,
    POLICIES,
    RULE,
    alert_with,
    known,
    past_of,
    tried,
)

PERSON = Suppression("C1", None, None, NOW - timedelta(days=3), "keypad")
PAYMENTS = replace(PERSON, topic="payments")
NUMBER = Suppression(None, POINT.address, None, NOW - timedelta(days=3), "import")
DISPUTED = Hold("h", HoldKind.DISPUTED, "C1", "A1", "payments", NOW - timedelta(days=1), None, "customer")
PART = Part(Money(50, "USD"), date(2025, 1, 14), datetime(2025, 1, 16, 5, tzinfo=UTC))
PROMISE = Promise(
    "p", "A1", "C1", None, "payments", None, NOW - timedelta(days=1), Money(100, "USD"), (PART,)
)


def told(found: WhyFacts, policies: Policies = POLICIES, now: datetime = NOW) -> Why:
    return explain_customer(found, policies, now)


def the_rule(why: Why) -> RuleTold:
    [account] = why.accounts
    [rule] = account.rules
    return rule


def waits(why: Why) -> Waiting:
    [alert] = the_rule(why).alerts
    waiting = alert.attempts[-1].waiting
    assert waiting is not None
    return waiting


def with_try(**facts: Any) -> WhyFacts:
    """Return a customer whose first try is due; `facts` are what the stages look at."""
    return known(alerts=[alert_with(past_of(tried(), **facts))])


def test_a_try_that_is_due_is_the_next_call() -> None:
    why = told(with_try())
    assert why.conclusion == (
        "The next call is due now, to +12125550123, about 'Payment overdue' (account A1)."
    )
    assert why.next_call_at == NOW
    assert waits(why).reason == "due"


def test_at_night_the_next_call_is_told_with_the_customers_own_clock() -> None:
    late = alert_with(past_of(tried(due_at=NOW - timedelta(days=1))))
    why = told(known(alerts=[late]), now=datetime(2025, 1, 10, 4, tzinfo=UTC))
    assert why.next_call_at == datetime(2025, 1, 10, 13, tzinfo=UTC)
    assert "at 2025-01-10 13:00 UTC (Friday 08:00 in America/New_York)" in why.conclusion
    assert waits(why).reason == "outside_calling_hours"


def test_what_stands_one_behind_the_other_is_waited_for_in_turn() -> None:
    """The customer likes to be called from six in the evening on; a third call in a day is one too many."""
    evening = replace(CUSTOMER, preferred_hours=Window(18 * 60, 20 * 60))
    calls = [NOW - timedelta(hours=3), NOW - timedelta(hours=2)]
    why = told(with_try(customer=evening, recent_call_times=calls))
    assert why.next_call_at == datetime(2025, 1, 11, 23, tzinfo=UTC)


def test_who_opted_out_is_told_to_have() -> None:
    why = told(replace(with_try(suppressions=[PAYMENTS]), suppressions=[PAYMENTS]))
    assert why.conclusion == "No call will come because the customer opted out on 2025-01-07."
    assert why.next_call_at is None
    assert waits(why).reason == "opted_out"
    assert the_rule(why).alerts[0].attempts[0].asked_now is not None


def test_where_only_the_number_is_in_the_way_the_next_one_is_called() -> None:
    found = replace(
        with_try(suppressions=[NUMBER]), suppressions=[NUMBER], contact_points=[POINT, OTHER_POINT]
    )
    why = told(found)
    assert waits(why).reason == "address_opted_out"
    assert f"due now, to {OTHER_POINT.address}" in why.conclusion
    alone = told(replace(found, contact_points=[POINT]))
    assert alone.conclusion == ("No call will come because this number is not to be called since 2025-01-07.")


def test_what_only_somebody_can_end_has_no_moment() -> None:
    disputed = told(replace(with_try(holds=[DISPUTED]), holds=[DISPUTED]))
    assert disputed.conclusion == (
        "No call will come as long as it is so that the customer disputes it, since 2025-01-09."
    )
    not_live = told(with_try(), NOT_LIVE)
    assert "as long as it is so that the installation is not live" in not_live.conclusion
    assert (disputed.next_call_at, not_live.next_call_at) == (None, None)


def test_a_promise_rests_until_it_is_judged() -> None:
    promised = replace(ACCOUNT, promise=PROMISE)
    why = told(replace(with_try(account=promised), accounts=[promised]))
    assert why.conclusion.startswith(
        "No call will come before 2025-01-16 05:00 UTC because the customer promised"
    )
    assert why.next_call_at is None
    assert waits(why).until == PART.review_at
    [account] = why.accounts
    assert account.promise is not None
    assert account.promise.judged_at == PART.review_at


def test_a_hold_that_ends_by_itself_has_one() -> None:
    over = replace(DISPUTED, until=NOW + timedelta(hours=1))
    assert told(with_try(holds=[over])).next_call_at == over.until


def test_stop_all_goes_before_everything() -> None:
    why = told(replace(with_try(), is_stopped=True))
    assert why.conclusion.startswith(
        "No call will come because all calls are stopped; after `ivr resume-all`:"
    )
    assert "The next call is due now" in why.conclusion
    assert (waits(why).reason, why.next_call_at) == ("stopped", None)


@pytest.mark.parametrize("state", [AttemptState.PLACING, AttemptState.IN_PROGRESS])
def test_a_call_that_is_up_is_told(state: AttemptState) -> None:
    why = told(known(alerts=[alert_with(past_of(tried(state=state)))]))
    assert why.conclusion.startswith("The next call is up already")
    assert waits(why).reason == state


def test_a_call_that_is_up_now_does_not_stand_against_one_that_is_planned_for_tomorrow() -> None:
    """The number is another customer's as well, who is on the telephone with us."""
    due = NOW + timedelta(days=1)
    tomorrow = past_of(tried(due_at=due), open_call="at-of-another-customer")
    why = told(known(alerts=[alert_with(tomorrow)]))
    assert why.next_call_at == due
    assert why.conclusion.startswith("The next call is at 2025-01-11 17:00 UTC")


def test_a_try_that_waits_for_a_call_to_be_over_is_asked_about_again_and_names_nobody() -> None:
    why = told(with_try(open_call="at-of-another-customer"))
    assert waits(why) == Waiting(
        "call_in_progress",
        "the customer or the number is on the telephone with us",
        NOW + timedelta(seconds=20),
    )
    assert why.next_call_at == NOW + timedelta(seconds=20)
    assert "at-of-another-customer" not in str(why)


def test_a_pause_after_a_try_says_what_came_of_that_one() -> None:
    busy = tried(1, AttemptState.CLOSED, result="busy", closed_at=NOW)
    due = NOW + timedelta(hours=2)
    why = told(known(alerts=[alert_with(past_of(busy), past_of(tried(2, due_at=due)))]))
    assert waits(why) == Waiting(
        "retry_pause",
        "a pause after the try before, which came to this: the call found the line busy",
        due,
    )
    assert why.next_call_at == due
    assert the_rule(why).alerts[0].attempts[0].sentence == "The call found the line busy."


def test_the_delay_of_a_step_of_the_plan_is_no_pause_of_the_retry_rule() -> None:
    missed = tried(1, AttemptState.CLOSED, result="no_answer", closed_at=NOW - timedelta(hours=1))
    due = NOW + timedelta(days=2)
    why = told(known(alerts=[alert_with(past_of(missed), past_of(tried(2, step=1, due_at=due)))]))
    assert waits(why) == Waiting("plan_delay", "the next step of the plan comes later", due)
    first = alert_with(past_of(tried(due_at=due)))
    assert waits(told(known(alerts=[first]))) == Waiting("plan_delay", "the plan begins later", due)


def test_a_try_that_was_put_off_waits_for_what_was_said_then() -> None:
    due = NOW + timedelta(hours=2)
    said = Decision("cap", Verdict.DEFER, "cap_per_day", "2 calls within the cap per day", due)
    seen = DecisionSeen(said, NOW - timedelta(hours=3), NOW - timedelta(hours=1), 4)
    why = told(known(alerts=[alert_with(past_of(tried(due_at=due), [seen]))]))
    assert waits(why) == Waiting("cap_per_day", "2 calls within the cap per day", due)
    [kept] = the_rule(why).alerts[0].attempts[0].decisions
    assert (kept.times_seen, kept.sentence) == (
        4,
        "Not yet: 2 calls within the cap per day; asked again at 2025-01-10 19:00 UTC.",
    )


def test_later_as_the_customer_asked_is_told_as_that() -> None:
    due = NOW + timedelta(hours=2)
    late = alert_with(past_of(tried(due_at=due)), deferred_until=due)
    assert waits(told(known(alerts=[late]))).reason == "asked_to_call_later"


def test_what_kept_the_engine_from_it_is_told() -> None:
    away = past_of(tried(due_at=NOW + timedelta(seconds=5)), (), "switch_away")
    waiting = waits(told(known(alerts=[alert_with(away)])))
    assert (waiting.reason, waiting.sentence) == ("put_off", "Asterisk was not there to dial")


def test_a_rule_that_does_not_match_tells_what_is_missing() -> None:
    paid = replace(ACCOUNT, amount_due=Money(0, "USD"))
    why = told(known(accounts=[paid]))
    rule = the_rule(why)
    assert not rule.matches
    assert [(each.field, each.value, each.needed) for each in rule.missing] == [
        ("account.amount_due", "0.00 USD", "more than 0")
    ]
    assert why.conclusion == "No call will come because no rule matches any of the customer's accounts."


def test_a_match_without_an_alert_is_called_once_the_rule_looks() -> None:
    why = told(known())
    assert the_rule(why).matches
    assert why.conclusion == (
        "The next call is planned when 'Payment overdue' looks again, every 5m: it matches account A1 "
        "and has no alert of it yet."
    )


def test_a_match_that_can_be_called_about_sooner_goes_before_a_try_that_waits_long() -> None:
    other = replace(ACCOUNT, id="A2")
    late = alert_with(past_of(tried(due_at=NOW + timedelta(days=2))))
    why = told(known(accounts=[ACCOUNT, other], alerts=[late]))
    assert why.conclusion.startswith("The next call is planned when 'Payment overdue' looks again")
    assert "it matches account A2" in why.conclusion
    soon = alert_with(past_of(tried()))
    assert "due now" in told(known(accounts=[ACCOUNT, other], alerts=[soon])).conclusion


def test_of_a_match_that_a_cap_holds_back_the_earliest_moment_is_told() -> None:
    why = told(known(recent_call_times=[NOW - timedelta(hours=3), NOW - timedelta(hours=2)]))
    assert (
        ", for 2025-01-11 14:00 UTC (Saturday 09:00 in America/New_York) at the earliest:" in why.conclusion
    )


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({"suppressions": [PERSON]}, "the customer opted out of everything, on 2025-01-07"),
        ({"suppressions": [PAYMENTS]}, "the customer opted out on 2025-01-07"),
        (
            {"holds": [DISPUTED]},
            "the customer disputes it, since 2025-01-09: a hold rests on account A1",
        ),
        ({"contact_points": []}, "no contact point fits the plan"),
        ({"accounts": []}, "the customer has no account"),
        (
            {"accounts": [replace(ACCOUNT, promise=PROMISE)]},
            "a promise to pay account A1 by 2025-01-14 is open",
        ),
        (
            {"choices": {RULE.name: AlertChoice(wanted=False)}},
            "no rule matches any of the customer's accounts",
        ),
    ],
)
def test_of_a_match_that_leads_to_nothing_the_reason_is_told(changes: dict[str, Any], because: str) -> None:
    assert told(known(**changes)).conclusion == f"No call will come because {because}."


def test_an_opt_out_is_told_with_its_own_day_and_not_that_of_another() -> None:
    orders = replace(PAYMENTS, topic="orders", since=NOW - timedelta(days=300))
    returns = replace(PAYMENTS, topic="returns")
    why = told(known(suppressions=[orders, PERSON]))
    assert why.conclusion == (
        "No call will come because the customer opted out of everything, on 2025-01-07."
    )
    [point] = told(known(suppressions=[orders, PAYMENTS])).contact_points
    assert point.sentence == "Nothing that is called about now: the customer opted out on 2025-01-07."
    [point] = told(known(suppressions=[orders, returns])).contact_points
    assert point.sentence == (
        "Calls, but not about orders (the customer opted out on 2024-03-16), returns (the customer opted out "
        "on 2025-01-07)."
    )


def test_a_matter_that_is_over_makes_no_second_alert() -> None:
    done = alert_with(
        past_of(tried(1, AttemptState.CLOSED, result="answered", disposition="callback", closed_at=NOW)),
        state=AlertState.SETTLED,
        ended_at=NOW,
        end_reason="already_paid",
    )
    why = told(known(alerts=[done]))
    assert why.conclusion == (
        "No call will come because what 'Payment overdue' finds about account A1 had its alert, and that is "
        "over: it was settled: already paid."
    )
    assert the_rule(why).sentence.endswith("it makes no second one.")


def test_a_matter_that_came_with_its_account_makes_no_second_alert_and_names_nobody() -> None:
    """The key of a matter names the account, and is unique over all customers."""
    theirs = alert_with(customer_id="C9")
    why = told(known(alerts_of_others=[theirs]))
    assert the_rule(why).matches
    assert the_rule(why).sentence.endswith(
        "The matter had its alert with the customer whose account it was; it makes no second one."
    )
    assert why.conclusion == (
        "No call will come because what 'Payment overdue' finds about account A1 had its alert with the "
        "customer whose account it was, and makes no second one."
    )
    assert (the_rule(why).alerts, "C9" in str(why)) == ((), False)


def test_an_alert_stays_to_be_seen_when_its_account_is_another_customers() -> None:
    """The dispatcher goes on with it, and asks the stages as ever."""
    why = told(replace(with_try(), accounts=[]))
    [moved] = why.moved
    [attempt] = moved.alert.attempts
    assert (moved.account_id, moved.title) == ("A1", "Payment overdue")
    assert attempt.asked_now is not None
    assert attempt.asked_now.verdict == "go"
    assert why.conclusion == (
        "The next call is due now, to +12125550123, about 'Payment overdue' (account A1, which is another "
        "customer's by now)."
    )
    assert told(with_try()).moved == ()


def test_who_settled_it_by_opting_out_is_told_to_have() -> None:
    done = alert_with(state=AlertState.SETTLED, ended_at=NOW, end_reason="opted_out")
    why = told(known(alerts=[done], suppressions=[PAYMENTS]))
    assert why.conclusion == "No call will come because the customer opted out on 2025-01-07."


def test_a_rule_that_was_withdrawn_is_told_with_its_alerts() -> None:
    gone = replace(POLICIES, book=replace(BOOK, rules={}))
    why = told(with_try(), gone)
    rule = the_rule(why)
    assert (rule.rule, rule.title, rule.alerts[0].alert_id) == (RULE.name, None, ALERT.id)
    assert why.conclusion == "No call will come because its rule is no longer there."


def test_of_whom_an_alert_was_passed_on_to_no_address_is_told() -> None:
    theirs = replace(past_of(tried()), is_third_party=True)
    why = told(known(alerts=[alert_with(theirs)]))
    [alert] = the_rule(why).alerts
    assert alert.attempts[0].address is None
    assert POINT.address not in why.conclusion


def test_each_address_tells_what_it_may_be_used_for() -> None:
    points = [
        POINT,
        replace(OTHER_POINT, usable=False),
        ContactPoint("C1:3", "C1", Medium.EMAIL, "maria@example.com", rank=3),
        ContactPoint("C1:4", "C1", Medium.VOICE, "911", rank=4),
    ]
    numbers = told(known(contact_points=points, suppressions=[NUMBER])).contact_points
    assert [(each.may_be_used, each.sentence) for each in numbers] == [
        (False, "Nothing: whoever has it opted out on 2025-01-07."),
        (False, "Nothing: it is not this customer's."),
        (True, "E-mails."),
        (False, "Nothing: it is no E.164 number."),
    ]
    orders = replace(PAYMENTS, topic="orders", since=NOW - timedelta(days=300))
    [point] = told(known(suppressions=[orders])).contact_points
    assert (point.may_be_used, point.not_about) == (True, ("orders",))
    assert point.sentence == "Calls, but not about orders (the customer opted out on 2024-03-16)."
    [waiting] = told(known(), NOT_LIVE).contact_points
    assert (waiting.may_be_used, waiting.sentence) == (False, "Calls once the installation is live.")
