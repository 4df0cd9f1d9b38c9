"""The verdict on a run in which engines were killed. Pure: evidence in, verdict out.

*Duplicate*: a second INVITE for one attempt, or one after the matter was settled. *Lost*: neither a terminal
state, nor a live owner, nor a row that is due. *Unknown*: nobody can tell whether it rang; allowed only where
a kill met the attempt in `placing`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ivr.alerts.alert import AlertState
from ivr.attempts.attempt import TERMINAL, AttemptState
from tests.chaos.evidence import AttemptSeen, Evidence, Invite

_WAITING = frozenset({AttemptState.READY})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong, a sentence each, and the unknowns with their explanations."""

    duplicates: tuple[str, ...]
    lost: tuple[str, ...]
    unknown: Mapping[str, str | None]
    """By attempt; None where nothing explains it."""
    charged_twice: tuple[str, ...]
    strangers: tuple[str, ...]
    """Telephones that rang for no attempt of the ledger."""

    @property
    def holds(self) -> bool:
        """Whether nobody was called twice or forgotten, and every doubt has its kill."""
        wrong = (*self.duplicates, *self.lost, *self.charged_twice, *self.strangers)
        return not wrong and None not in self.unknown.values()


def judge(evidence: Evidence) -> Verdict:
    """Judge a run."""
    known = {attempt.id for attempt in evidence.attempts}
    return Verdict(
        duplicates=(*_rung_twice(evidence), *_rung_after_the_end(evidence), *_rung_after_paying(evidence)),
        lost=(*_lost_attempts(evidence), *_lost_matters(evidence), *_never_begun(evidence)),
        unknown={
            attempt.id: _explanation(attempt, evidence)
            for attempt in evidence.attempts
            if attempt.state is AttemptState.UNKNOWN
        },
        charged_twice=tuple(
            f"{number} was charged {count} times"
            for number, count in Counter(charge.number for charge in evidence.charges).items()
            if count > 1
        ),
        strangers=tuple(
            f"{invite.number} was rung at {invite.at} for no attempt that is known ({invite.attempt_id!r})"
            for invite in evidence.invites
            if invite.attempt_id not in known
        ),
    )


def _rung_twice(evidence: Evidence) -> Iterator[str]:
    seen: set[str] = set()
    for invite in sorted(evidence.invites, key=lambda invite: invite.at):
        if invite.attempt_id and invite.attempt_id in seen:
            yield f"attempt {invite.attempt_id} rang {invite.number} again at {invite.at}"
        seen.add(invite.attempt_id)


def _rung_after_the_end(evidence: Evidence) -> Iterator[str]:
    settled = {alert.number: alert.ended_at for alert in evidence.alerts if alert.state is AlertState.SETTLED}
    for invite in evidence.invites:
        ended_at = settled.get(invite.number)
        if ended_at is not None and invite.at > ended_at:
            yield f"{invite.number} was rung at {invite.at}; the matter was settled at {ended_at}"


def _rung_after_paying(evidence: Evidence) -> Iterator[str]:
    """The provider's books know of a payment even where ours do not."""
    by_attempt = {invite.attempt_id: invite for invite in evidence.invites}
    for charge in evidence.charges:
        paid_in = by_attempt.get(charge.attempt_id)
        later = (i for i in evidence.invites if paid_in and i.number == charge.number and i.at > paid_in.at)
        for invite in later:
            if invite.attempt_id != charge.attempt_id:
                yield f"{invite.number} was rung at {invite.at} after it had paid in {charge.attempt_id}"


def _lost_attempts(evidence: Evidence) -> Iterator[str]:
    for attempt in evidence.attempts:
        if attempt.state is AttemptState.CLOSED and not attempt.has_outcome:
            yield f"attempt {attempt.id} is closed without an outcome"
        elif attempt.state not in TERMINAL | _WAITING and not attempt.has_live_owner:
            yield f"attempt {attempt.id} is {attempt.state} and nobody works on it"


def _lost_matters(evidence: Evidence) -> Iterator[str]:
    going_on = {attempt.alert_id for attempt in evidence.attempts if attempt.state not in TERMINAL}
    for alert in evidence.alerts:
        if alert.state is AlertState.OPEN and alert.id not in going_on:
            yield f"the matter {alert.id} is open and no attempt is left"


def _never_begun(evidence: Evidence) -> Iterator[str]:
    tried = {attempt.number for attempt in evidence.attempts}
    for number in sorted(evidence.numbers - tried):
        yield f"nobody ever tried {number}"


def _explanation(attempt: AttemptSeen, evidence: Evidence) -> str | None:
    kills = [n for n, kill in enumerate(evidence.kills, start=1) if attempt.id in kill.placing]
    if not kills:
        return None
    rang = any(_is_of(invite, attempt) for invite in evidence.invites)
    when = ", ".join(f"{n} (at {evidence.kills[n - 1].moment})" for n in kills)
    return f"in placing at kill {when}; the telephone {'rang' if rang else 'did not ring'}"


def _is_of(invite: Invite, attempt: AttemptSeen) -> bool:
    return invite.attempt_id == attempt.id
