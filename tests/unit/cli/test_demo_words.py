"""The few words of the demo's tables."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.text import Text

from ivr.attempts.attempt import AttemptState
from ivr.calls.call_result import CallResult
from ivr.carrier.call_seen import CallSeen
from ivr.cli.demo_words import in_short, what_came_of_it, what_they_did
from ivr.engine.read_models import AttemptLine
from ivr.outcomes.disposition import Disposition
from ivr.outcomes.response import Response
from tests.unit.app.demo.truth import attempt, call

ANSWERED = CallResult.ANSWERED
MEANT_TO_HAVE_PAID = replace(
    attempt(1, ANSWERED, Disposition.RIGHT_PARTY_CONTACT), responses=(Response.ALREADY_PAID,)
)
OPTED_OUT = replace(
    attempt(1, ANSWERED, Disposition.NO_CONTACT),
    state=AttemptState.CANCELLED,
    disposition=None,
    result="opted_out",
)


@pytest.mark.parametrize(
    ("seen", "kind", "words"),
    [
        (call("t1", "1", "11"), "answers", "pressed 1 11"),
        (call("t1", "1", ended_by="person"), "answers", "pressed 1, hung up"),
        (call("t1"), "answers", "said nothing"),
        (call("t1", answered=False), "never_answers", "let it ring"),
        (call("t1", refused="607"), "blocks", "blocked (607)"),
        (call("t1", ended_by="person"), "voicemail", "voicemail, hung up"),
    ],
)
def test_what_somebody_did(seen: CallSeen, kind: str, words: str) -> None:
    assert what_they_did(seen, kind) == words


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (attempt(1, ANSWERED, Disposition.PROMISE_TO_PAY), "promise to pay"),
        (attempt(1, CallResult.NO_ANSWER, Disposition.NO_CONTACT), "no answer"),
        (MEANT_TO_HAVE_PAID, "already paid"),
        (OPTED_OUT, "not called: opted out"),
        (replace(OPTED_OUT, state=AttemptState.IN_PROGRESS), "in progress"),
    ],
)
def test_what_came_of_an_attempt(line: AttemptLine, words: str) -> None:
    assert what_came_of_it(line).plain == words


def test_what_is_said_again_at_once_is_counted() -> None:
    told = [Text(words) for words in ("busy", "busy", "payment")]
    assert in_short(told).plain == "2x busy; payment"
    assert not in_short([])
