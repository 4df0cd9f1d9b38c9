"""One customer of the demo, with everything that witnesses and store have to say of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from ivr.accounts.contact_point import Medium
from ivr.app.demo.witness import Told, what_it_came_to
from ivr.carrier.call_seen import CallSeen
from ivr.engine.ports import CustomerRecord
from ivr.engine.read_models import AlertLine, AttemptLine, CustomerLine
from ivr.gateways.sandbox import Charge
from ivr.phone_number import PhoneNumber, never_dialled


@dataclass(frozen=True, slots=True)
class Seen:
    """What others than our database know."""

    calls: Mapping[str, Sequence[CallSeen]]
    """By telephone number, each oldest first; the agents' too."""
    charges: Sequence[Charge] = ()
    """The payment provider's own books."""
    opted_out_before: Collection[str] = ()
    """Ids of customers who had asked not to be called before the first call."""
    agents: Collection[str] = ()
    """The agents' numbers."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What the store says."""

    customers: Sequence[CustomerLine] = ()
    attempts: Sequence[AttemptLine] = ()
    alerts: Sequence[AlertLine] = ()
    payers: Mapping[str, str] = field(default_factory=dict)
    """Of payments on the provider's page: by intent id, the customer whose account is paid."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One call at one of the customer's telephones, and what it must have come to."""

    number: str
    call: CallSeen
    told: Told


@dataclass(frozen=True, slots=True)
class Case:
    """One customer."""

    record: CustomerRecord
    rung: tuple[Rung, ...]
    """Oldest first."""
    charges: tuple[Charge, ...]
    was_opted_out: bool
    line: CustomerLine | None
    """None: the store does not know them."""
    attempts: tuple[AttemptLine, ...]
    alerts: tuple[AlertLine, ...]

    @property
    def is_due(self) -> bool:
        """Whether something of theirs was due, so that there must be an alert."""
        return any(account.amount_due.minor > 0 for account in self.record.accounts)

    @property
    def must_not_ring(self) -> bool:
        """Whether nobody may call them at all."""
        never = all(never_dialled(PhoneNumber(number)) for number in numbers_of(self.record))
        return self.was_opted_out or not self.is_due or never


def numbers_of(record: CustomerRecord) -> tuple[str, ...]:
    """Return a customer's telephone numbers, the first one first."""
    points = sorted(record.contact_points, key=lambda point: point.rank)
    return tuple(point.address for point in points if point.medium is Medium.VOICE)


def cases_of(records: Sequence[CustomerRecord], seen: Seen, stored: Stored) -> tuple[Case, ...]:
    """Put together what belongs to each customer."""
    lines = {line.customer_id: line for line in stored.customers}
    return tuple(_case(record, seen, stored, lines.get(record.customer.id)) for record in records)


def _case(record: CustomerRecord, seen: Seen, stored: Stored, line: CustomerLine | None) -> Case:
    customer_id = record.customer.id
    methods = {method.id for method in record.payment_methods}
    keyed = tuple(charge for charge in seen.charges if charge.method_id in methods)
    hosted = (charge for charge in seen.charges if charge.is_hosted)
    on_pages = tuple(charge for charge in hosted if stored.payers.get(charge.intent_id) == customer_id)
    rung = [
        Rung(number, call, what_it_came_to(call, has_card=bool(methods), was_charged=bool(keyed)))
        for number in numbers_of(record)
        for call in seen.calls.get(number, ())
    ]
    return Case(
        record=record,
        rung=tuple(sorted(rung, key=_beginning)),
        charges=(*keyed, *on_pages),
        was_opted_out=customer_id in seen.opted_out_before,
        line=line,
        attempts=tuple(each for each in stored.attempts if each.customer_id == customer_id),
        alerts=tuple(each for each in stored.alerts if each.customer_id == customer_id),
    )


def _beginning(rung: Rung) -> float:
    return rung.call.began_at.timestamp() if rung.call.began_at else 0.0
