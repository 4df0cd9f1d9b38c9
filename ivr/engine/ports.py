"""What the use cases need of the world. Adapters fill these; tests may stand in for them.

Store: work is handed in as a function of a Transaction, so that a database can run many of them under one
commit. The function runs in a database thread: it must not wait for anything and may be run again after a
conflict, so it has no effect but on the transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar

from ivr.accounts.account import Account
from ivr.accounts.contact_point import ContactPoint
from ivr.accounts.customer import Customer
from ivr.accounts.payment_method import PaymentMethod
from ivr.accounts.suppression import Suppression
from ivr.alerts.alert import Alert, AlertState
from ivr.attempts.attempt import Attempt, AttemptState, NewAttempt
from ivr.attempts.eligibility.decision import Decision
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.calls.call_report import CallReport
from ivr.engine.content_version import ContentFiles, ContentVersion
from ivr.money import Money
from ivr.outcomes.disposition import Disposition
from ivr.outcomes.response import Response
from ivr.payments.intent import ChargeResult, PaymentIntent
from ivr.rules.condition import Condition

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CustomerRecord:
    """A customer with everything that an import brings at once."""

    customer: Customer
    accounts: Sequence[Account]
    contact_points: Sequence[ContactPoint]
    payment_methods: Sequence[PaymentMethod] = ()


@dataclass(frozen=True, slots=True)
class NewCall:
    """A call about to be placed, or one that came in."""

    id: str
    attempt_id: str | None
    direction: str
    """`outbound` or `inbound`."""
    number: str
    """The other party's number."""
    trunk: str
    caller_id: str | None
    flow: str
    flow_version: str
    """Content hash: a call pins its flow."""
    started_at: datetime
    content_version: int | None = None
    """The published version that the flow is of; None for content that was never published."""


@dataclass(frozen=True, slots=True)
class CallStep:
    """One thing that happened in a call's flow; holds no digit."""

    seq: int
    at: datetime
    node: str
    kind: str
    """`said`, `menu_choice`, `no_input`, `no_match`, `response`, `effect`, `hangup`."""
    detail: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt ended, for the customer's history."""

    id: str
    """Idempotency key at every target it is pushed to."""
    alert_id: str
    attempt_id: str
    customer_id: str
    account_id: str
    medium: str
    disposition: Disposition
    responses: Sequence[tuple[Response, Mapping[str, object]]]
    """In the order in which they were meant."""
    call_result: str
    at: datetime
    content_version: str
    """Hash of the flow that was heard."""


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """Something to be told to a target until it acknowledges."""

    id: int
    target: str
    key: str
    """Idempotency key."""
    payload: Mapping[str, object]
    tries: int


class Customers(Protocol):
    """Customers, accounts, contact points, preferences: our own customer store."""

    def put(self, record: CustomerRecord) -> None:
        """Insert or replace a customer with accounts, contact points and methods of that record."""
        ...

    def customer(self, customer_id: str) -> Customer | None: ...
    def account(self, account_id: str) -> Account | None: ...
    def contact_points(self, customer_id: str) -> Sequence[ContactPoint]:
        """Return all of a customer's, by rank."""
        ...

    def payment_methods(self, customer_id: str) -> Sequence[PaymentMethod]: ...
    def matching(self, condition: Condition, today: date) -> Sequence[tuple[Customer, Account]]:
        """Return every account, with its customer, for which `condition` holds."""
        ...

    def add_suppression(self, suppression: Suppression) -> None:
        """Add one; the same again changes nothing."""
        ...

    def mark_unusable(self, contact_point_id: str, at: datetime) -> None: ...
    def apply_payment(self, account_id: str, amount: Money, key: str, at: datetime) -> bool:
        """Lower balance and amount due, once per `key`; False when that key was applied before."""
        ...


class Alerts(Protocol):
    """Alerts and the decisions about them."""

    def add(self, alert: Alert) -> bool:
        """Add; False (and nothing changed) when its dedupe key or id is taken."""
        ...

    def get(self, alert_id: str) -> Alert: ...
    def open_alerts(self, rule: str | None = None) -> Sequence[Alert]: ...
    def end(self, alert_id: str, state: AlertState, reason: str, at: datetime) -> bool:
        """Move an open alert to an ended state; False when it was ended before."""
        ...

    def decided(self, alert_id: str, attempt_id: str | None, decision: Decision, at: datetime) -> None:
        """Keep a decision: a new row when it differs from that stage's last, else count and last-seen."""
        ...


class Attempts(Protocol):
    """The ledger. Every change of a claimed or later attempt is fenced by `epoch`.

    Epochs come from RuleRuns.take_lease: one numbering for all leases, so that an epoch names one owner.
    FencedError is raised when no lease is held under `epoch` any more, or a newer one holds the attempt.
    """

    def add(self, attempt: NewAttempt) -> str | None:
        """Add in state ready and return its id; None when (alert, cycle, attempt_no) is there already."""
        ...

    def get(self, attempt_id: str) -> Attempt: ...
    def claim_due(
        self, owner: str, epoch: int, now: datetime, limit: int, lease_until: datetime
    ) -> Sequence[Attempt]:
        """Claim up to `limit` ready attempts with due_at <= now, by rank_at; no two owners get the same."""
        ...

    def release(self, attempt_id: str, epoch: int, due_at: datetime, reason: str) -> None:
        """Claimed (or placing, with evidence that nothing was dialled) back to ready at `due_at`.

        The call that was opened for a placing is withdrawn.
        """
        ...

    def release_expired_claims(self, now: datetime) -> int:
        """Put claimed attempts whose lease ran out back to ready; return how many."""
        ...

    def placing(self, attempt_id: str, epoch: int, at: datetime) -> bool:
        """Claimed to placing; False when the customer or the address has a call placing or in progress."""
        ...

    def in_progress(self, attempt_id: str, epoch: int, at: datetime) -> None: ...
    def close(
        self,
        attempt_id: str,
        epoch: int,
        state: AttemptState,
        at: datetime,
        result: str,
        disposition: str | None,
    ) -> None:
        """Move to a terminal state."""
        ...

    def cancel_ready(self, alert_id: str, at: datetime, reason: str) -> int:
        """Cancel an alert's ready attempts; return how many. A claimed one is stopped at originate."""
        ...

    def in_states(self, states: Collection[AttemptState]) -> Sequence[Attempt]: ...
    def take_over(self, owner: str, epoch: int) -> Sequence[Attempt]:
        """Take the placing and in-progress attempts that no lease's owner holds; return all of its own."""
        ...

    def history(self, alert_id: str, cycle: int) -> Sequence[Attempt]:
        """Return an alert's attempts of one cycle, by attempt_no."""
        ...

    def eligibility(self, attempt_ids: Collection[str], now: datetime) -> Sequence[EligibilityFacts]:
        """Return the facts of each, in one batch of queries."""
        ...


class Calls(Protocol):
    """Calls and what happened in them."""

    def open(self, call: NewCall) -> None: ...
    def answered(self, call_id: str, at: datetime) -> None: ...
    def add_steps(self, call_id: str, steps: Sequence[CallStep]) -> None: ...
    def save_checkpoint(self, call_id: str, state: str, at: datetime) -> None:
        """Keep the session's serialised state to resume from; replaces the last one."""
        ...

    def checkpoint(self, call_id: str) -> str | None: ...
    def get(self, call_id: str) -> NewCall | None: ...
    def close(self, report: CallReport) -> bool:
        """Write the end of a call; False when it was closed before."""
        ...


class Outcomes(Protocol):
    """Outcomes and the outbox."""

    def add(self, outcome: Outcome, targets: Sequence[str]) -> None:
        """Keep an outcome and one outbox entry per target."""
        ...

    def due_entries(self, now: datetime, limit: int) -> Sequence[OutboxEntry]: ...
    def acknowledged(self, entry_id: int, at: datetime) -> None: ...
    def push_failed(self, entry_id: int, error: str, next_at: datetime) -> None: ...


class Payments(Protocol):
    """Payment intents: written before the provider is asked."""

    def open_intent(self, intent: PaymentIntent, at: datetime) -> PaymentIntent | None:
        """Add a pending intent; None when the account has one that is pending or unknown."""
        ...

    def get(self, intent_id: str) -> PaymentIntent | None: ...
    def unresolved(self, account_id: str | None = None) -> Sequence[PaymentIntent]:
        """Return pending and unknown intents."""
        ...

    def resolve(self, intent_id: str, result: ChargeResult, at: datetime) -> None:
        """Keep what the provider says; a resolved intent stays as it is, StoreError if it is contradicted."""
        ...


class RuleRuns(Protocol):
    """Ticks of the clock that were worked, and who may work them."""

    def begin(self, rule: str, scheduled_for: datetime, at: datetime) -> bool:
        """Take this tick; False when it was taken before."""
        ...

    def take_lease(
        self, name: str, owner: str, now: datetime, until: datetime, gone: str | None = None
    ) -> int | None:
        """Take or renew a lease; return its epoch (rises with each new owner), None while another has it.

        The lease of `gone`, an owner that is known to be dead, need not run out first.
        """
        ...


class Controls(Protocol):
    """What a person decided about dialling as a whole; always read live."""

    def is_live(self) -> bool:
        """Whether `ivr go-live` was said: before it only the simulated carrier and listed numbers ring."""
        ...

    def is_stopped(self) -> bool:
        """Whether `ivr stop-all` was said and not taken back."""
        ...

    def set_live(self, live: bool, by: str, at: datetime) -> None: ...
    def set_stopped(self, stopped: bool, by: str, at: datetime) -> None: ...


class ContentVersions(Protocol):
    """Published content."""

    def live(self) -> ContentVersion | None:
        """Return the version that was published last; None before the first."""
        ...

    def versions(self, limit: int) -> Sequence[ContentVersion]:
        """Return the last versions, newest first."""
        ...

    def files(self, version: int) -> ContentFiles | None: ...
    def in_use(self) -> Sequence[int]:
        """Return the versions that open alerts and calls stand on."""
        ...

    def add(
        self, files: ContentFiles, author: str, note: str, base: int | None, at: datetime
    ) -> ContentVersion: ...


class Transaction(Protocol):
    """One atomic piece of work on the store."""

    @property
    def customers(self) -> Customers: ...
    @property
    def alerts(self) -> Alerts: ...
    @property
    def attempts(self) -> Attempts: ...
    @property
    def calls(self) -> Calls: ...
    @property
    def outcomes(self) -> Outcomes: ...
    @property
    def payments(self) -> Payments: ...
    @property
    def rule_runs(self) -> RuleRuns: ...
    @property
    def controls(self) -> Controls: ...
    @property
    def content(self) -> ContentVersions: ...


class Store(Protocol):
    """The database."""

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one transaction that is on disk when this returns."""
        ...

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Run `work`, which only reads, on a connection that can't write."""
        ...
