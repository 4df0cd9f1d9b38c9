"""What reports show: frozen values made from the store in one read, for people and for JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ivr.alerts.alert import AlertState
from ivr.attempts.attempt import AttemptState
from ivr.calls.aftermath import Aftermath
from ivr.calls.answered_by import AnsweredBy
from ivr.money import Money
from ivr.outcomes.disposition import Disposition
from ivr.outcomes.response import Response


@dataclass(frozen=True, slots=True)
class AccountDue:
    """What one account is due now."""

    account_id: str
    amount_due: Money


@dataclass(frozen=True, slots=True)
class CustomerLine:
    """Everything that came of calling one customer."""

    customer_id: str
    name: str
    number: str | None
    """The first voice number; None when there is none."""
    attempts_made: int
    """Attempts that were dialled or may have been."""
    states: tuple[AttemptState, ...]
    """Of every attempt, in the order in which they were planned."""
    last_call_result: str | None
    dispositions: tuple[Disposition, ...]
    """Of every outcome, oldest first."""
    responses: tuple[Response, ...]
    """Everything that was meant, oldest first."""
    accounts: tuple[AccountDue, ...]
    is_suppressed: bool
    """Whether the customer or one of the numbers is suppressed, for whatever topic."""


@dataclass(frozen=True, slots=True)
class SurveyQuestion:
    """What the answers to one question of a survey come to."""

    survey: str
    question: str
    answers: int
    """With a score."""
    average: float | None
    """None without a score."""
    scores: Mapping[int, int]
    """How often each score was given, the lowest first."""
    remarks: int
    """Recordings."""


@dataclass(frozen=True, slots=True)
class LedgerCounts:
    """How many attempts stand where, and how many outcomes mean what; without the zeros."""

    by_state: Mapping[AttemptState, int]
    by_disposition: Mapping[Disposition, int]


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """One attempt as the ledger has it."""

    attempt_id: str
    alert_id: str
    customer_id: str
    attempt_no: int
    address: str
    state: AttemptState
    was_dialled: bool
    """Whether it was dialled, or may have been."""
    result: str | None
    """The CallResult, or why it was cancelled."""
    disposition: Disposition | None
    responses: tuple[Response, ...]
    """Everything that was meant in its call, in order."""


@dataclass(frozen=True, slots=True)
class AlertLine:
    """One alert as it stands."""

    alert_id: str
    customer_id: str
    account_id: str
    state: AlertState
    end_reason: str | None


@dataclass(frozen=True, slots=True)
class AnswerScoreLine:
    """A cell of a trunk's confusion matrix: what the ears said, and what the call came to."""

    trunk: str
    verdict: AnsweredBy
    aftermath: Aftermath
    calls: int
