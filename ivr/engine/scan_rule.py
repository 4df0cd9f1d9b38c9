"""One tick of a rule: every account that matches becomes an alert with its first attempt, once."""

from __future__ import annotations

import secrets
import uuid
from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from ivr.accounts.account import Account
from ivr.accounts.customer import Customer
from ivr.alerts.making import make_alert
from ivr.alerts.reference import make_reference
from ivr.engine.content import Contents
from ivr.engine.plan_next_attempt import plan_next_attempt
from ivr.engine.ports import Transaction
from ivr.engine.world import World
from ivr.rules.alert_choice import NOTHING_CHOSEN
from ivr.rules.matching import match
from ivr.rules.rule import Rule

CHUNK = 100
"""Matches a transaction, so that calls going on at the same time never wait for long."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a tick came to."""

    matched: int
    """Accounts for which the rule's condition holds."""
    alerts: int
    """Of these, matters that were not known yet."""


async def scan_rule(world: World, contents: Contents, rule: Rule, scheduled_for: datetime) -> Scanned:
    """Work one tick; one that was worked before (by whichever leader) changes nothing.

    A crash in the middle loses nothing: the next tick finds the rest, and no matter is taken twice.
    """
    now = world.clock()
    if not await world.store.write(lambda tx: tx.rule_runs.begin(rule.name, scheduled_for, now)):
        return Scanned(0, 0)
    today = now.astimezone(contents.live.time_zone).date()
    matches = await world.store.read(lambda tx: tx.customers.matching(rule, today))
    made = 0
    for start in range(0, len(matches), CHUNK):
        chunk = matches[start : start + CHUNK]
        made += await world.store.write(partial(_make_alerts, contents, rule, chunk, now))
    return Scanned(len(matches), made)


def _make_alerts(
    contents: Contents,
    rule: Rule,
    matches: Sequence[tuple[Customer, Account]],
    now: datetime,
    tx: Transaction,
) -> int:
    today = now.astimezone(contents.live.time_zone).date()
    held = _held(tx, rule, matches, now)
    choices = tx.alert_choices.of({customer.id for customer, _ in matches}) if rule.customer_may else {}
    made = 0
    for customer, account in matches:
        chosen = choices.get(customer.id, {}).get(rule.name, NOTHING_CHOSEN)
        found = match(rule, customer, account, today, chosen)
        if not found.is_match or account.id in held:
            continue
        alert = replace(
            make_alert(uuid.uuid4().hex, rule, customer, account, found, today, now),
            content_version=contents.live.version,
            reference=_free_reference(tx),
        )
        if tx.alerts.add(alert):
            plan_next_attempt(tx, contents, alert, now)
            made += 1
    return made


def _free_reference(tx: Transaction) -> str:
    while tx.alerts.by_reference(reference := make_reference(secrets.randbelow)) is not None:
        continue
    return reference


def _held(
    tx: Transaction, rule: Rule, matches: Sequence[tuple[Customer, Account]], now: datetime
) -> Set[str]:
    """Return the accounts about which the rule may not call because of a hold."""
    holds = defaultdict(list)
    for hold in tx.holds.of({customer.id for customer, _ in matches}):
        holds[hold.customer_id].append(hold)
    return {
        account.id
        for customer, account in matches
        if any(hold.covers(account.id, rule.topic, now) for hold in holds[customer.id])
    }
