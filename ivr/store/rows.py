"""Rows of the database as the values of the core."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from ivr.accounts.account import Account
from ivr.accounts.account_event import AccountEventKind
from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.accounts.customer import Customer
from ivr.accounts.hold import Hold
from ivr.accounts.payment_method import PaymentMethod
from ivr.accounts.promise import Part, Promise
from ivr.accounts.suppression import Suppression
from ivr.alerts.alert import Alert, Forwarded
from ivr.attempts.attempt import Attempt
from ivr.calling_hours import parse_windows
from ivr.messages.link import Link
from ivr.messages.message import Message
from ivr.money import Money
from ivr.payments.intent import PaymentIntent
from ivr.tempo import Tempo

AnyRow = sa.Row[Any]

NO_EVENTS: Mapping[AccountEventKind, date] = MappingProxyType({})


def customer_of(row: AnyRow) -> Customer:
    """Return the customer of a row of `customers`."""
    return Customer(
        id=row.id,
        name=row.name,
        language=row.preferred_language or row.language,
        time_zone=row.time_zone,
        region=row.region,
        segment=row.segment,
        birth_date=row.birth_date,
        postcode=row.postcode,
        preferred_medium=Medium(row.preferred_medium) if row.preferred_medium else None,
        preferred_hours=parse_windows(row.preferred_hours)[0] if row.preferred_hours else None,
        preferred_tempo=Tempo(row.preferred_tempo or Tempo.USUAL),
    )


def account_of(
    row: AnyRow,
    promise: Promise | None = None,
    events: Mapping[AccountEventKind, date] = NO_EVENTS,
    invited_by: Medium | None = None,
) -> Account:
    """Return the account of a row of `accounts`, with its last promise and the days of its last events."""
    return Account(
        id=row.id,
        customer_id=row.customer_id,
        kind=row.kind,
        status=row.status,
        balance=Money(row.balance_minor, row.currency),
        amount_due=Money(row.amount_due_minor, row.currency),
        due_on=row.due_on,
        ending=row.ending,
        minimum_due=None if row.minimum_due_minor is None else Money(row.minimum_due_minor, row.currency),
        promise=promise,
        events=events,
        invited_by=invited_by,
    )


def contact_point_of(row: AnyRow) -> ContactPoint:
    """Return the contact point of a row of `contact_points`; one that was withdrawn is not usable."""
    usable = row.usable and (row.listed or row.third_party)
    return ContactPoint(
        row.id, row.customer_id, row.medium, row.address, row.rank, usable, third_party=row.third_party
    )


def payment_method_of(row: AnyRow) -> PaymentMethod:
    """Return the payment method of a row of `payment_methods`."""
    return PaymentMethod(row.id, row.customer_id, row.kind, row.ending, row.token)


def suppression_of(row: AnyRow) -> Suppression:
    """Return the suppression of a row of `suppressions`."""
    return Suppression(row.customer_id, row.address, row.topic, row.since, row.source)


def alert_of(row: AnyRow) -> Alert:
    """Return the alert of a row of `alerts`."""
    return Alert(
        id=row.id,
        rule=row.rule,
        rule_version=row.rule_version,
        topic=row.topic,
        customer_id=row.customer_id,
        account_id=row.account_id,
        dedupe_key=row.dedupe_key,
        facts=row.facts,
        priority=row.priority,
        created_at=row.created_at,
        expires_at=row.expires_at,
        state=row.state,
        cycle=row.cycle,
        content_version=row.content_version,
        forwarded=_forwarded_of(row),
        tells_of=row.tells_of,
        reference=row.reference,
        deferred_until=row.deferred_until,
    )


def _forwarded_of(row: AnyRow) -> Forwarded | None:
    if row.forwarded_from is None:
        return None
    return Forwarded(row.forwarded_from, row.forwarded_to, row.comment)


def attempt_of(row: AnyRow) -> Attempt:
    """Return the attempt of a row of `attempts`."""
    return Attempt(
        id=row.id,
        alert_id=row.alert_id,
        customer_id=row.customer_id,
        cycle=row.cycle,
        attempt_no=row.attempt_no,
        step=row.step,
        medium=row.medium,
        contact_point_id=row.contact_point_id,
        address=row.address,
        state=row.state,
        due_at=row.due_at,
        owner=row.owner,
        epoch=row.epoch,
        placing_at=row.placing_at,
        closed_at=row.closed_at,
        result=row.result,
        disposition=row.disposition,
    )


def promise_of(row: AnyRow, parts: Sequence[AnyRow]) -> Promise:
    """Return the promise of a row of `promises` and its rows of `promise_parts`, by number."""
    return Promise(
        id=row.id,
        account_id=row.account_id,
        customer_id=row.customer_id,
        alert_id=row.alert_id,
        topic=row.topic,
        outcome_id=row.outcome_id,
        made_at=row.made_at,
        was_due=Money(row.was_due_minor, row.currency),
        parts=tuple(
            Part(Money(part.amount_minor, row.currency), part.due_on, part.review_at, part.state)
            for part in parts
        ),
        state=row.state,
    )


def hold_of(row: AnyRow) -> Hold:
    """Return the hold of a row of `holds`."""
    return Hold(
        id=row.id,
        kind=row.kind,
        customer_id=row.customer_id,
        account_id=row.account_id,
        topic=row.topic,
        since=row.since,
        until=row.until,
        source=row.source,
        alert_id=row.alert_id,
        outcome_id=row.outcome_id,
    )


def intent_of(row: AnyRow) -> PaymentIntent:
    """Return the intent of a row of `payment_intents`."""
    amount = Money(row.amount_minor, row.currency)
    return PaymentIntent(
        id=row.id,
        account_id=row.account_id,
        amount=amount,
        method_id=row.method_id,
        state=row.state,
        provider_id=row.provider_id,
        opened_at=row.created_at,
        reason=row.reason,
        sequence=row.sequence,
        alert_id=row.alert_id,
        authorisation_id=row.authorisation_id,
    )


def message_of(row: AnyRow) -> Message:
    """Return the message of a row of `messages`."""
    return Message(
        id=row.id,
        customer_id=row.customer_id,
        account_id=row.account_id,
        alert_id=row.alert_id,
        attempt_id=row.attempt_id,
        medium=row.medium,
        contact_point_id=row.contact_point_id,
        address=row.address,
        topic=row.topic,
        template=row.template,
        content_version=row.content_version,
        language=row.language,
        subject=row.subject,
        body=row.body,
        is_asked_for=row.is_asked_for,
        created_at=row.created_at,
        expires_at=row.expires_at,
        link_id=row.link_id,
        state=row.state,
        tries=row.tries,
        provider_id=row.provider_id,
        reason=row.reason,
    )


def link_of(row: AnyRow) -> Link:
    """Return the link of a row of `links`."""
    return Link(
        id=row.id,
        purpose=row.purpose,
        customer_id=row.customer_id,
        account_id=row.account_id,
        alert_id=row.alert_id,
        message_id=row.message_id,
        page=row.page,
        created_at=row.created_at,
        expires_at=row.expires_at,
        opened_at=row.opened_at,
    )
