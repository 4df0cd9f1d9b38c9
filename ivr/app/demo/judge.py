"""Compare what the people saw and the provider booked with what the store says. Pure: asks nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ivr.alerts.alert import AlertState
from ivr.app.demo.case import Case, Seen, Stored, cases_of, numbers_of
from ivr.app.demo.checks import CHECKS, duplicates_in
from ivr.app.demo.keys import Meaning
from ivr.attempts.attempt import TERMINAL, AttemptState
from ivr.engine.ports import CustomerRecord


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one customer, and where store and witnesses contradict each other."""

    case: Case
    mismatches: tuple[str, ...]
    """Sentences; empty when all agree."""
    duplicates: int
    """INVITEs beyond the first for one attempt id, and those after the matter was settled."""
    lost: int
    """Matters without an end that nobody works on."""

    @property
    def is_clean(self) -> bool:
        """Whether the witnesses confirm what the store says."""
        return not (self.mismatches or self.duplicates or self.lost)


@dataclass(frozen=True, slots=True)
class Judgement:
    """The comparison as a whole."""

    verdicts: tuple[Verdict, ...]
    general: tuple[str, ...]
    """What is wrong and belongs to no single customer."""

    @property
    def mismatches(self) -> int:
        """Contradictions altogether."""
        return len(self.general) + sum(len(verdict.mismatches) for verdict in self.verdicts)

    @property
    def duplicates(self) -> int:
        """Calls that should not have been placed, altogether."""
        return sum(verdict.duplicates for verdict in self.verdicts)

    @property
    def lost(self) -> int:
        """Matters without an end, altogether."""
        return sum(verdict.lost for verdict in self.verdicts)

    @property
    def is_clean(self) -> bool:
        """Whether the witnesses confirm everything."""
        return not (self.mismatches or self.duplicates or self.lost)


def judge(records: Sequence[CustomerRecord], seen: Seen, stored: Stored) -> Judgement:
    """Compare, customer by customer, after the last call has ended."""
    verdicts = tuple(_verdict(case) for case in cases_of(records, seen, stored))
    return Judgement(verdicts, tuple(_general(records, seen, stored, verdicts)))


def _verdict(case: Case) -> Verdict:
    mismatches = tuple(sentence for check in CHECKS for sentence in check(case))
    return Verdict(case, mismatches, duplicates_in(case), _lost(case))


def _lost(case: Case) -> int:
    """Count alerts that were never made or are still open, and attempts whose end nobody knows."""
    unmade = case.is_due and not case.alerts
    is_open = sum(alert.state is AlertState.OPEN for alert in case.alerts)
    endless = sum(
        attempt.state not in TERMINAL or attempt.state is AttemptState.UNKNOWN for attempt in case.attempts
    )
    return unmade + max(is_open, endless)


def _general(
    records: Sequence[CustomerRecord], seen: Seen, stored: Stored, verdicts: Sequence[Verdict]
) -> Iterator[str]:
    known = {number for record in records for number in numbers_of(record)} | set(seen.agents)
    yield from (f"{number} rang and is nobody's" for number in sorted(seen.calls) if number not in known)
    theirs = {charge.provider_id for verdict in verdicts for charge in verdict.case.charges}
    strange = [charge for charge in seen.charges if charge.provider_id not in theirs]
    yield from (f"the provider charged {charge.method_id}, which is nobody's" for charge in strange)
    ours = {record.customer.id for record in records}
    yield from (
        f"the store has customer {line.customer_id!r}, whom nobody brought"
        for line in stored.customers
        if line.customer_id not in ours
    )
    wanted = sum(rung.told.meaning is Meaning.AGENT for verdict in verdicts for rung in verdict.case.rung)
    talks = sum(call.answered_at is not None for number in seen.agents for call in seen.calls.get(number, ()))
    if wanted != talks:
        yield f"{wanted} customers asked for an agent, the agents had {talks} talks"
