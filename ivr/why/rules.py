"""What each rule makes of an account, now: computed, because no row says that a rule did not match."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ivr.accounts.account import Account
from ivr.alerts.alert import AlertState
from ivr.alerts.making import dedupe_key
from ivr.attempts.eligibility.ask import Policies
from ivr.rules.alert_choice import NOTHING_CHOSEN, is_wanted, rule_for
from ivr.rules.fields import Subject
from ivr.rules.matching import Match, match
from ivr.rules.rule import Rule
from ivr.why import words
from ivr.why.attempts import explain_alert
from ivr.why.explanation import AlertTold, MovedTold, RuleTold
from ivr.why.facts import AlertPast, WhyFacts
from ivr.why.missing import missing_in


def explain_rules(
    known: WhyFacts, account: Account, policies: Policies, now: datetime
) -> tuple[RuleTold, ...]:
    """Return every live rule by name, then those that are no longer there and had an alert."""
    own = [past for past in known.alerts if past.alert.account_id == account.id]
    live = policies.book.rules
    gone = sorted({past.alert.rule for past in own} - set(live))
    return (
        *(_live(live[name], known, account, own, policies, now) for name in sorted(live)),
        *(_gone(name, known, own, policies, now) for name in gone),
    )


def explain_moved(known: WhyFacts, policies: Policies, now: datetime) -> tuple[MovedTold, ...]:
    """Return the customer's alerts about accounts that are another's by now."""
    own, rules = {account.id for account in known.accounts}, policies.book.rules
    return tuple(
        MovedTold(
            account_id=past.alert.account_id,
            rule=past.alert.rule,
            title=rules[past.alert.rule].title if past.alert.rule in rules else None,
            alert=explain_alert(past, policies, now, is_stopped=known.is_stopped),
        )
        for past in known.alerts
        if past.alert.account_id not in own
    )


def match_now(rule: Rule, known: WhyFacts, account: Account, policies: Policies, now: datetime) -> Match:
    """Ask a rule about an account as the next scan will."""
    today, chosen = now.astimezone(policies.time_zone).date(), known.choices.get(rule.name, NOTHING_CHOSEN)
    return match(rule, known.customer, account, today, chosen)


def known_matter(
    rule: Rule, known: WhyFacts, account: Account, policies: Policies, now: datetime
) -> AlertPast | None:
    """Return the alert that the rule made of this very matter already: no scan makes a second one.

    It may be another customer's, whose account it was.
    """
    key = dedupe_key(rule, known.customer, account, now.astimezone(policies.time_zone).date())
    made = (*known.alerts, *known.alerts_of_others)
    return next((past for past in made if past.alert.dedupe_key == key), None)


def rests_by_hold(rule: Rule, known: WhyFacts, account: Account, now: datetime) -> bool:
    """Say whether a hold keeps the rule from making an alert."""
    return any(hold.covers(account.id, rule.topic, now) for hold in known.holds)


def _live(
    rule: Rule,
    known: WhyFacts,
    account: Account,
    own: Sequence[AlertPast],
    policies: Policies,
    now: datetime,
) -> RuleTold:
    found = match_now(rule, known, account, policies, now)
    today, chosen = now.astimezone(policies.time_zone).date(), known.choices.get(rule.name, NOTHING_CHOSEN)
    wanted = is_wanted(rule, chosen)
    subject = Subject(known.customer, account, today)
    return RuleTold(
        rule=rule.name,
        title=rule.title,
        topic=rule.topic,
        matches=found.is_match,
        reason=found.reason,
        missing=missing_in(rule_for(rule, chosen).when, subject) if wanted else (),
        looks=words.schedule_words(rule.schedule),
        last_looked_at=known.last_looks.get(rule.name),
        sentence=_what_comes_of_it(rule, known, account, policies, now, found),
        alerts=_alerts(rule.name, known, own, policies, now),
    )


def _what_comes_of_it(
    rule: Rule, known: WhyFacts, account: Account, policies: Policies, now: datetime, found: Match
) -> str:
    if not found.is_match:
        return f"It does not match: {found.reason}."
    matches = f"It matches: {found.reason}"
    matter = known_matter(rule, known, account, policies, now)
    if matter is not None and matter.alert.customer_id != account.customer_id:
        return f"{matches}. The matter had its alert with {words.FORMER_OWNER}; it makes no second one."
    if matter is not None and matter.alert.state is AlertState.OPEN:
        return f"{matches}."
    if matter is not None:
        return f"{matches}. The matter has had its alert, which is over; it makes no second one."
    if rests_by_hold(rule, known, account, now):
        return f"{matches}. A hold keeps it from making an alert."
    return f"{matches}. It makes an alert when it looks next ({words.schedule_words(rule.schedule)})."


def _gone(
    name: str, known: WhyFacts, own: Sequence[AlertPast], policies: Policies, now: datetime
) -> RuleTold:
    return RuleTold(
        rule=name,
        title=None,
        topic=None,
        matches=False,
        reason="the rule is no longer there",
        missing=(),
        looks=None,
        last_looked_at=known.last_looks.get(name),
        sentence="The rule is no longer there.",
        alerts=_alerts(name, known, own, policies, now),
    )


def _alerts(
    rule: str, known: WhyFacts, own: Sequence[AlertPast], policies: Policies, now: datetime
) -> tuple[AlertTold, ...]:
    return tuple(
        explain_alert(past, policies, now, is_stopped=known.is_stopped)
        for past in own
        if past.alert.rule == rule
    )
