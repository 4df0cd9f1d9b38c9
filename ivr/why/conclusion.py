"""The one sentence in the end: when the next call is, or why none will come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from ivr.accounts.account import Account
from ivr.alerts.alert import Alert, AlertState
from ivr.attempts.attempt import AttemptState
from ivr.attempts.eligibility.ask import Policies
from ivr.attempts.eligibility.decision import Verdict
from ivr.attempts.eligibility.opted_out import STAGE as OPTED_OUT
from ivr.attempts.eligibility.promise_open import STAGE as PROMISE_OPEN
from ivr.rules.rule import Rule
from ivr.why import words
from ivr.why.attempts import earlier_than
from ivr.why.facts import AlertPast, AttemptPast, WhyFacts
from ivr.why.outlook import Outlook, outlook_on_all
from ivr.why.rules import known_matter, match_now, rests_by_hold
from ivr.why.supposed import supposed_outlook

_ON_THE_LINE = frozenset({AttemptState.PLACING, AttemptState.IN_PROGRESS})


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What it all comes to."""

    next_call_at: datetime | None
    sentence: str


@dataclass(frozen=True, slots=True)
class _Planned:
    """An attempt that waits, and what will come of it."""

    past: AttemptPast
    alert: Alert
    outlook: Outlook


@dataclass(frozen=True, slots=True)
class _Awaited:
    """A match that has no alert yet."""

    rule: Rule
    account: Account
    at: datetime
    """When its first call could be made if its alert began now."""


def conclude(known: WhyFacts, policies: Policies, now: datetime) -> Conclusion:
    """Return the sentence that follows from everything."""
    if (up := _on_the_line(known)) is not None:
        return Conclusion(None, f"The next call is up already: it is about {_about(up, known, policies)}.")
    planned = _planned(known, policies, now)
    coming = min((each for each in planned if each.outlook.at is not None), key=_moment, default=None)
    awaited = min(_awaited(known, policies, now), key=_possible_at, default=None)
    if coming is not None and (awaited is None or _moment(coming) <= awaited.at):
        return _stopped(known, _next(coming, known, policies, now))
    if awaited is not None:
        return _stopped(known, _once_found(awaited, known, now))
    if planned:
        # What only waits is told before what will never be made.
        return Conclusion(None, _against(min(planned, key=_is_over)))
    return Conclusion(None, f"No call will come because {_nothing_planned(known, policies, now)}.")


def _on_the_line(known: WhyFacts) -> Alert | None:
    for past in known.alerts:
        if any(each.attempt.state in _ON_THE_LINE and not each.is_third_party for each in past.attempts):
            return past.alert
    return None


def _planned(known: WhyFacts, policies: Policies, now: datetime) -> Sequence[_Planned]:
    """Return the attempts at the customer that were not dialled yet, each with its outlook."""
    found: list[_Planned] = []
    for past in known.alerts:
        for each in past.attempts:
            if each.now is None or each.is_third_party or each.attempt.state in _ON_THE_LINE:
                continue
            look = outlook_on_all(
                each.now,
                earlier_than(each.attempt, past.attempts),
                known.contact_points,
                known.suppressions,
                policies,
                max(each.attempt.due_at, now),
                now,
            )
            found.append(_Planned(each, past.alert, look))
    return found


def _is_over(planned: _Planned) -> bool:
    return planned.outlook.decision.verdict is Verdict.CANCEL


def _moment(planned: _Planned) -> datetime:
    return planned.outlook.at or planned.past.attempt.due_at


def _next(planned: _Planned, known: WhyFacts, policies: Policies, now: datetime) -> Conclusion:
    at = _moment(planned)
    when = "due now" if at <= now else f"at {words.moment_there(at, known.customer.time_zone)}"
    about = _about(planned.alert, known, policies)
    return Conclusion(at, f"The next call is {when}, to {planned.outlook.address}, about {about}.")


def _awaited(known: WhyFacts, policies: Policies, now: datetime) -> Iterator[_Awaited]:
    """Yield the matches of which the next scan makes an alert that will be called about."""
    for account in known.accounts:
        for name in sorted(policies.book.rules):
            rule = policies.book.rules[name]
            if (
                match_now(rule, known, account, policies, now).is_match
                and known_matter(rule, known, account, policies, now) is None
                and not rests_by_hold(rule, known, account, now)
                and (look := supposed_outlook(rule, known, account, policies, now)) is not None
                and look.at is not None
            ):
                yield _Awaited(rule, account, look.at)


def _possible_at(awaited: _Awaited) -> datetime:
    return awaited.at


def _once_found(awaited: _Awaited, known: WhyFacts, now: datetime) -> Conclusion:
    rule, account = awaited.rule, awaited.account
    looks = words.schedule_words(rule.schedule)
    told = f"The next call is planned when {rule.title!r} looks again, {looks}"
    if awaited.at > now:
        told += f", for {words.moment_there(awaited.at, known.customer.time_zone)} at the earliest"
    return Conclusion(None, f"{told}: it matches account {account.id} and has no alert of it yet.")


def _against(planned: _Planned) -> str:
    decision = planned.outlook.decision
    why = words.told(decision)
    if decision.verdict is Verdict.CANCEL:
        return f"No call will come because {why}."
    if decision.stage == PROMISE_OPEN and decision.until is not None:
        return f"No call will come before {words.moment(decision.until)} because {why}."
    return f"No call will come as long as it is so that {why}."


def _nothing_planned(known: WhyFacts, policies: Policies, now: datetime) -> str:
    """Return the weightiest reason why nothing waits to be made."""
    if not known.accounts:
        return "the customer has no account"
    said = (each for each in known.suppressions if each.customer_id == known.customer.id)
    if (everything := next((each for each in said if each.topic is None), None)) is not None:
        return f"the customer opted out of everything, on {everything.since:%Y-%m-%d}"
    reasons = [
        reason
        for account in known.accounts
        for name in sorted(policies.book.rules)
        if (reason := _of_match(policies.book.rules[name], known, account, policies, now)) is not None
    ]
    if reasons:
        return reasons[0]
    promised = [each for each in known.accounts if each.promise is not None and each.promise.next_part]
    if promised and promised[0].promise is not None:
        return f"a promise to pay account {promised[0].id} by {promised[0].promise.due_on} is open"
    return "no rule matches any of the customer's accounts"


def _of_match(rule: Rule, known: WhyFacts, account: Account, policies: Policies, now: datetime) -> str | None:
    """Return why a rule that matches leads to no call; None for one that does not match."""
    if not match_now(rule, known, account, policies, now).is_match:
        return None
    if rests_by_hold(rule, known, account, now):
        hold = next(each for each in known.holds if each.covers(account.id, rule.topic, now))
        return f"{hold.kind.sentence}, since {hold.since:%Y-%m-%d}: a hold rests on account {account.id}"
    look, matter = (
        supposed_outlook(rule, known, account, policies, now),
        known_matter(rule, known, account, policies, now),
    )
    is_opted_out = look is not None and look.decision.stage == OPTED_OUT
    if matter is not None and not is_opted_out:
        return _over(matter, rule, account)
    return "no contact point fits the plan" if look is None else words.told(look.decision)


def _over(matter: AlertPast, rule: Rule, account: Account) -> str:
    if matter.alert.customer_id != account.customer_id:
        had = f"had its alert with {words.FORMER_OWNER}, and makes no second one"
        return f"what {rule.title!r} finds about account {account.id} {had}"
    if matter.alert.state is AlertState.OPEN:
        return f"nothing more is planned about {rule.title!r} (account {account.id})"
    return (
        f"what {rule.title!r} finds about account {account.id} had its alert, and that is over: "
        f"{words.ended(matter.alert.state, matter.end_reason or '')}"
    )


def _about(alert: Alert, known: WhyFacts, policies: Policies) -> str:
    rule = policies.book.rules.get(alert.rule)
    name = alert.rule if rule is None else repr(rule.title)
    is_own = any(account.id == alert.account_id for account in known.accounts)
    moved = "" if is_own else ", which is another customer's by now"
    return f"{name} (account {alert.account_id}{moved})"


def _stopped(known: WhyFacts, conclusion: Conclusion) -> Conclusion:
    if not known.is_stopped:
        return conclusion
    told = f"No call will come because all calls are stopped; after `ivr resume-all`: {conclusion.sentence}"
    return Conclusion(None, told)
