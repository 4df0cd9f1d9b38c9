"""The plain words of the explanation, all in this place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from ivr.accounts.contact_point import Medium
from ivr.alerts.alert import AlertState
from ivr.attempts.attempt import Attempt, AttemptState
from ivr.attempts.eligibility.decision import Decision, Verdict
from ivr.calling_hours import time_zone
from ivr.calls.call_result import CallResult
from ivr.duration import format_duration
from ivr.outcomes.disposition import Disposition
from ivr.rules.schedule import Schedule

MEDIA: Mapping[Medium, str] = {
    Medium.VOICE: "calls",
    Medium.SMS: "text messages",
    Medium.EMAIL: "e-mails",
    Medium.FAX: "faxes",
    Medium.WEB: "pages",
}
"""What is sent to an address of each medium."""

FORMER_OWNER = "the customer whose account it was"
"""Of an account that moved: who is not named to anybody but themselves."""

_REASONS: Mapping[str, str] = {
    "opted_out": "the customer opted out",
    "address_opted_out": "the number is not to be called",
    "cause_gone": "what it was about is over",
    "not_wanted": "the customer chose not to hear of it",
    "contact_point_unusable": "the number is not this customer's",
    "never_dialled": "nobody may ever dial the number",
    "alert_expired": "its time was over",
    "alert_settled": "the matter was settled",
    "alert_cleared": "what it was about is over",
    "alert_exhausted": "nothing was left to be tried",
    "expired": "its time was over",
    "older_cycle": "a newer run of the plan took its place",
    "rule_withdrawn": "its rule is no longer there",
    "settled": "the matter was settled",
    "max_attempts": "it was tried as often as the retry rule allows",
    "no_contact_point": "no contact point fits the plan",
    "no_contact_point_left": "no contact point was left to be tried",
    "unknown": "nobody can tell whether the last call rang",
    "claim_expired": "the engine did not come round to it",
    "owner_gone": "the engine that had it in hand is gone",
    "not_dialled": "it was not dialled when the engine went",
    "switch_away": "Asterisk was not there to dial",
    "could_not_be_checked": "it could not be checked: look into the log",
    "could_not_be_prepared": "what it would say could not be prepared: look into the log",
}

_DISPOSITIONS: Mapping[Disposition, str] = {
    Disposition.PAYMENT: "the customer paid",
    Disposition.PROMISE_TO_PAY: "the customer promised to pay",
    Disposition.AGENT_HANDLED: "an agent talked with the customer",
    Disposition.RIGHT_PARTY_CONTACT: "the customer was there",
    Disposition.MESSAGE_LEFT: "a message was left",
    Disposition.REFUSED: "the customer does not accept the matter",
    Disposition.DO_NOT_CALL: "the customer wants no such calls",
    Disposition.WRONG_PARTY: "somebody else answered",
    Disposition.CALLBACK: "the customer asked to be called later",
    Disposition.HUNG_UP: "somebody answered and hung up",
    Disposition.NO_RESPONSE: "somebody listened and said nothing",
    Disposition.NO_CONTACT: "nobody was reached",
    Disposition.UNKNOWN: "nobody can tell what was said",
}

_ON_ITS_WAY: Mapping[AttemptState, str] = {
    AttemptState.CLAIMED: "it is about to be dialled",
    AttemptState.PLACING: "it rings, or is about to",
    AttemptState.IN_PROGRESS: "the call is up",
}


def moment(at: datetime) -> str:
    """Return a moment as it is told everywhere: `2026-03-02 15:00 UTC`."""
    return f"{at:%Y-%m-%d %H:%M} UTC"


def moment_there(at: datetime, zone_name: str | None) -> str:
    """Return a moment with what the clock of a zone shows then, where we know that zone."""
    zone = None if zone_name is None else time_zone(zone_name)
    if zone is None:
        return moment(at)
    return f"{moment(at)} ({at.astimezone(zone):%A %H:%M} in {zone_name})"


def clause(reason: str) -> str:
    """Return a named reason in words; a name that nobody wrote words for is its own."""
    if reason in _REASONS:
        return _REASONS[reason]
    for beginning, words in (
        ("max_attempts_", "it was tried as often as the retry rule allows after"),
        ("never_after_", "the retry rule tries no more after"),
    ):
        if reason.startswith(beginning):
            return f"{words}: {_plain(reason.removeprefix(beginning))}"
    return _plain(reason)


def told(decision: Decision) -> str:
    """Return what a decision goes by, for the middle of a sentence."""
    return decision.detail or clause(decision.reason)


def decision_sentence(decision: Decision) -> str:
    """Return a decision as a sentence."""
    why = told(decision)
    match decision.verdict:
        case Verdict.GO:
            return f"Yes: {why}."
        case Verdict.DEFER if decision.until is not None:
            return f"Not yet: {why}; asked again at {moment(decision.until)}."
        case Verdict.DEFER:
            return f"Not yet: {why}."
        case Verdict.CANCEL:
            return f"No: {why}."


def attempt_sentence(attempt: Attempt) -> str:
    """Return how an attempt stands or ended, as a sentence; of one that is ready, that it waits."""
    match attempt.state:
        case AttemptState.READY:
            return "It waits."
        case AttemptState.CLOSED:
            return f"{_closed(attempt)}."
        case AttemptState.CANCELLED | AttemptState.EXPIRED:
            return f"It was not made: {clause(attempt.result or attempt.state.value)}."
        case AttemptState.UNKNOWN:
            return "Nobody can tell whether it rang, so it is not called again."
        case _:
            return f"{_upper(_ON_ITS_WAY[attempt.state])}."


def ending_clause(attempt: Attempt) -> str:
    """Return how a closed attempt ended, for the middle of a sentence."""
    return _closed(attempt)[0].lower() + _closed(attempt)[1:]


def on_its_way(state: AttemptState) -> str:
    """Return what an attempt does that somebody works on."""
    return _ON_ITS_WAY[state]


def alert_sentence(
    state: AlertState, created_at: datetime, expires_at: datetime, ended_at: datetime | None, reason: str
) -> str:
    """Return how an alert stands, as a sentence."""
    since = f"It began at {moment(created_at)}"
    if ended_at is None:
        return f"{since} and is open, until {moment(expires_at)} at the latest."
    return f"{since}; at {moment(ended_at)} {ended(state, reason)}."


def ended(state: AlertState, reason: str) -> str:
    """Return how an alert ended, as a clause."""
    match state:
        case AlertState.SETTLED:
            return f"it was settled: {_plain(reason)}"
        case AlertState.CLEARED:
            return f"it was cleared: {clause(reason)}"
        case AlertState.EXHAUSTED:
            return f"nothing was left to be tried: {clause(reason)}"
        case AlertState.EXPIRED:
            return "its time was over"
        case AlertState.OPEN:
            return "it is open"


def schedule_words(schedule: Schedule) -> str:
    """Return how often a rule looks."""
    if schedule.every is not None:
        return f"every {format_duration(schedule.every)}"
    return f"by the clock ({schedule.cron})"


def opt_out_sentence(address: str | None, topic: str | None, since: datetime) -> str:
    """Return whom nobody is to contact, about what, since when."""
    who = "The customer wants" if address is None else f"At {address} there are to be"
    about = "nothing from us" if topic is None else f"nothing about {topic}"
    return f"{who} {about}, since {since:%Y-%m-%d}."


def hold_sentence(sentence: str, account_id: str | None, topic: str | None, until: datetime | None) -> str:
    """Return what rests because of a hold, and until when."""
    what = "everything" if account_id is None else f"account {account_id}"
    about = "" if topic is None else f" about {topic}"
    last = "until somebody lifts it" if until is None else f"until {moment(until)}"
    return f"{_upper(sentence)}: {what}{about} rests {last}."


def _closed(attempt: Attempt) -> str:
    if attempt.disposition is not None and attempt.disposition != Disposition.NO_CONTACT:
        return _upper(_DISPOSITIONS[Disposition(attempt.disposition)])
    known = {each.value for each in CallResult}
    if attempt.result in known:
        return f"The call {CallResult(attempt.result).sentence}"
    return _upper(clause(attempt.result or "unknown"))


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
