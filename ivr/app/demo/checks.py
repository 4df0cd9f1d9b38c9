"""The ways in which the store could contradict the witnesses. A check yields a sentence for each it finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from ivr.alerts.alert import AlertState
from ivr.app.demo.case import Case, Rung, numbers_of
from ivr.app.demo.keys import Meaning
from ivr.app.demo.witness import ENDS_THE_MATTER
from ivr.attempts.attempt import AttemptState
from ivr.calls.call_result import CallResult

Check = Callable[[Case], Iterator[str]]

_NUMBER_IS_NO_USE = frozenset({CallResult.INVALID_NUMBER})


def calls_are_recorded(case: Case) -> Iterator[str]:
    """Every call that rang is an attempt of this customer at this number, closed with what happened."""
    attempts = {attempt.attempt_id: attempt for attempt in case.attempts}
    for rung in case.rung:
        attempt = attempts.get(rung.call.attempt_id)
        if attempt is None:
            yield f"{rung.number} rang for attempt {rung.call.attempt_id!r}, which is none of this customer's"
            continue
        if attempt.address != rung.number:
            yield f"attempt {attempt.attempt_no} rang {rung.number}, the store says {attempt.address}"
        if attempt.state is not AttemptState.CLOSED:
            yield f"attempt {attempt.attempt_no} rang, the store says it is {attempt.state}"
            continue
        if attempt.result != rung.told.result:
            yield f"attempt {attempt.attempt_no} was {rung.told.result}, the store says {attempt.result}"
        if attempt.disposition not in rung.told.dispositions:
            right = " or ".join(sorted(rung.told.dispositions))
            yield f"attempt {attempt.attempt_no} came to {right}, the store says {attempt.disposition}"


def nothing_is_made_up(case: Case) -> Iterator[str]:
    """Every attempt that the store calls dialled rang, as often as the store says altogether."""
    rang = {rung.call.attempt_id for rung in case.rung}
    for attempt in case.attempts:
        if attempt.was_dialled and attempt.attempt_id not in rang:
            yield f"attempt {attempt.attempt_no} rang nowhere, the store says it was dialled"
    made = 0 if case.line is None else case.line.attempts_made
    if made != len(case.rung):
        yield f"{len(case.rung)} calls rang, the store says {made}"


def money_is_right(case: Case) -> Iterator[str]:
    """What is due fell by what the provider booked, which it booked once, and only for a key that agreed.

    Whoever pays on the provider's page agrees there.
    """
    agreed = sum(rung.told.meaning is Meaning.PAY for rung in case.rung)
    keyed = sum(not charge.is_hosted for charge in case.charges)
    if keyed > 1:
        yield f"the provider charged {keyed} times"
    if keyed != agreed:
        yield f"the provider charged {keyed} times, {agreed} keys agreed to it"
    booked = sum(charge.amount.minor for charge in case.charges)
    before = sum(account.amount_due.minor for account in case.record.accounts)
    now = sum(account.amount_due.minor for account in case.line.accounts) if case.line else before
    if now != before - booked:
        yield f"{before} cents were due and {booked} were booked, the store says {now} are due"


def opt_out_is_kept(case: Case) -> Iterator[str]:
    """Whoever asked is suppressed, and nobody else."""
    asked = case.was_opted_out or any(rung.told.meaning is Meaning.OPT_OUT for rung in case.rung)
    suppressed = case.line is not None and case.line.is_suppressed
    if asked and not suppressed:
        yield "they asked not to be called, the store does not know"
    if suppressed and not asked:
        yield "the store says they asked not to be called, they did not"


def silence_is_kept(case: Case) -> Iterator[str]:
    """Whom nobody may call is not called."""
    if case.must_not_ring and case.rung:
        yield f"nobody may call them, and {len(case.rung)} calls rang"


def matter_is_settled(case: Case) -> Iterator[str]:
    """The alert is settled by the keys that settle, by a payment on a page, and by nothing else."""
    settled_by = [rung.told.meaning for rung in case.rung if rung.told.meaning in ENDS_THE_MATTER]
    stored = any(alert.state is AlertState.SETTLED for alert in case.alerts)
    if settled_by and not stored:
        yield f"they settled it ({settled_by[0]}), the store does not know"
    if stored and not settled_by and not any(charge.is_hosted for charge in case.charges):
        yield "the store says it is settled, they did not settle it"


def next_number_is_tried(case: Case) -> Iterator[str]:
    """Where one number is no use, the customer's others are tried."""
    rang = {rung.number for rung in case.rung}
    useless = {rung.number for rung in case.rung if _is_no_use(rung)}
    if rang and rang == useless:
        yield from (f"{number} was never tried" for number in numbers_of(case.record) if number not in rang)


def simulation_held(case: Case) -> Iterator[str]:
    """The people themselves had no trouble, so that their log can be believed."""
    for rung in case.rung:
        yield from (f"the simulation at {rung.number} failed: {failure}" for failure in rung.call.failures)
        if rung.call.ended_at is None:
            yield f"a call at {rung.number} was never over"


CHECKS: tuple[Check, ...] = (
    calls_are_recorded,
    nothing_is_made_up,
    money_is_right,
    opt_out_is_kept,
    silence_is_kept,
    matter_is_settled,
    next_number_is_tried,
    simulation_held,
)


def duplicates_in(case: Case) -> int:
    """Count INVITEs beyond the first for one attempt, and those after the matter was settled."""
    repeated = sum(count - 1 for count in Counter(rung.call.attempt_id for rung in case.rung).values())
    settled_at = next((n for n, rung in enumerate(case.rung) if rung.told.meaning in ENDS_THE_MATTER), None)
    late = case.rung[settled_at + 1 :] if settled_at is not None else ()
    first = {rung.call.attempt_id for rung in case.rung[: len(case.rung) - len(late)]}
    return repeated + sum(rung.call.attempt_id not in first for rung in late)


def _is_no_use(rung: Rung) -> bool:
    return rung.told.result in _NUMBER_IS_NO_USE or rung.told.meaning is Meaning.WRONG_PERSON
