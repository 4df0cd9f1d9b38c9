"""The explanation as a tree, for people."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text
from rich.tree import Tree

from ivr.why import words
from ivr.why.explanation import (
    AccountTold,
    AlertTold,
    AttemptTold,
    DecisionTold,
    LinkTold,
    MovedTold,
    RuleTold,
    Why,
)

_STYLES = {"go": "green", "defer": "yellow", "cancel": "red"}


def why_tree(why: Why) -> RenderableType:
    """Return everything that was found, with the conclusion under it."""
    tree = Tree(Text(f"{why.name} ({why.customer_id})", "bold"))
    tree.add(Text(_person(why)))
    if why.is_stopped:
        tree.add(Text("All calls are stopped: `ivr resume-all` takes it back.", "red"))
    reached = tree.add(Text("Addresses"))
    for point in why.contact_points:
        style = "" if point.may_be_used else "yellow"
        reached.add(Text(f"{point.medium} {point.address}: {point.sentence}", style))
    if not why.contact_points:
        reached.add(Text("None.", "yellow"))
    _add_all(tree, "Opt-outs", [each.sentence for each in why.opt_outs])
    _add_all(tree, "Holds", [each.sentence for each in why.holds])
    _add_all(tree, "Links that still lead somewhere", [_link(each) for each in why.links])
    for account in why.accounts:
        _add_account(tree, account)
    for moved in why.moved:
        _add_moved(tree, moved)
    return Group(tree, Text(why.conclusion, "bold"))


def _person(why: Why) -> str:
    told = [f"speaks {why.language}", f"lives in {why.time_zone or 'a zone that nobody knows'}"]
    if why.preferred_medium is not None:
        told.append(f"wants to be reached by {why.preferred_medium} first")
    if why.preferred_hours is not None:
        told.append(f"wants calls at {why.preferred_hours}")
    return ", ".join(told)


def _add_all(tree: Tree, title: str, lines: list[str]) -> None:
    if lines:
        branch = tree.add(Text(title))
        for line in lines:
            branch.add(Text(line))


def _link(link: LinkTold) -> str:
    opened = "never opened" if link.opened_at is None else f"opened at {words.moment(link.opened_at)}"
    account = "" if link.account_id is None else f", account {link.account_id}"
    return f"to {link.purpose}{account}, until {words.moment(link.until)}, {opened}"


def _add_account(tree: Tree, account: AccountTold) -> None:
    ending = "" if account.ending is None else f" ending {account.ending}"
    due = f"{account.amount_due.amount} {account.amount_due.currency}"
    by = "" if account.due_on is None else f" by {account.due_on}"
    head = f"Account {account.account_id}: {account.kind}{ending}, {account.status}, {due} due{by}"
    branch = tree.add(Text(head, "bold"))
    if (promise := account.promise) is not None:
        amount = f"{promise.amount.amount} {promise.amount.currency}"
        judged = "" if promise.judged_at is None else f", looked at from {words.moment(promise.judged_at)}"
        branch.add(Text(f"Promise: {amount} by {promise.due_on}, {promise.state}{judged}"))
    for rule in account.rules:
        _add_rule(branch, rule)


def _add_moved(tree: Tree, moved: MovedTold) -> None:
    head = f"Account {moved.account_id} is another customer's by now, and has an alert of this one's. "
    name = (moved.title or moved.rule, "bold")
    _add_alert(tree.add(Text.assemble((head, "yellow"), name, f" ({moved.rule}).")), moved.alert)


def _add_rule(tree: Tree, rule: RuleTold) -> None:
    mark = "green" if rule.matches else "dim"
    name = (rule.title or rule.rule, "bold")
    # What is missing follows line by line.
    sentence = "It does not match." if rule.missing else rule.sentence
    branch = tree.add(Text.assemble(name, f" ({rule.rule}). ", (sentence, mark)))
    for missing in rule.missing:
        one_of = "one of these: " if missing.is_alternative else ""
        branch.add(Text(f"{one_of}{missing.sentence}", "yellow"))
    for alert in rule.alerts:
        _add_alert(branch, alert)


def _add_alert(tree: Tree, alert: AlertTold) -> None:
    whose = "Alert that was passed on to somebody" if alert.is_passed_on else "Alert"
    branch = tree.add(Text(f"{whose}. {alert.sentence}"))
    if alert.deferred_until is not None:
        branch.add(Text(f"The customer wants to hear of it at {words.moment(alert.deferred_until)}."))
    for attempt in alert.attempts:
        _add_attempt(branch, attempt)


def _add_attempt(tree: Tree, attempt: AttemptTold) -> None:
    where = attempt.address or "somebody else's address"
    run = "" if attempt.cycle == 1 else f" of run {attempt.cycle}"
    told = attempt.sentence
    if (waits := attempt.waiting) is not None:
        until = "" if waits.until is None else f", until {words.moment(waits.until)}"
        told = f"It waits{until}: {waits.sentence}."
    branch = tree.add(Text(f"Try {attempt.attempt_no}{run}, {attempt.medium} to {where}. {told}"))
    for decision in attempt.decisions:
        branch.add(_decision(decision))
    if attempt.asked_now is not None:
        now = attempt.asked_now
        branch.add(Text(f"Asked now, {now.stage}: {now.sentence}", _STYLES[now.verdict]))


def _decision(decision: DecisionTold) -> Text:
    seen = "" if decision.first_seen_at is None else words.moment(decision.first_seen_at)
    if decision.times_seen > 1 and decision.last_seen_at is not None:
        seen += f" to {words.moment(decision.last_seen_at)}, {decision.times_seen} times"
    return Text(f"{seen}, {decision.stage}: {decision.sentence}", _STYLES[decision.verdict])
