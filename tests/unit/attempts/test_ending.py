"""Every way an attempt can be closed is a word that retry rules know."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ivr.attempts.attempt import AttemptState
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.ending import SETTLED, Ending, ending_of
from ivr.calls.call_result import CallResult
from ivr.outcomes.disposition import Disposition


@pytest.mark.parametrize("result", [result for result in CallResult if result is not CallResult.ANSWERED])
def test_a_call_without_an_answer_ends_as_the_network_says(
    facts: EligibilityFacts, result: CallResult
) -> None:
    closed = replace(
        facts.attempt, state=AttemptState.CLOSED, result=result, disposition=Disposition.NO_CONTACT
    )
    assert ending_of(closed) == Ending(result.value)


@pytest.mark.parametrize("disposition", [each for each in Disposition if each not in SETTLED])
def test_an_answered_call_ends_as_its_disposition_says(
    facts: EligibilityFacts, disposition: Disposition
) -> None:
    closed = replace(facts.attempt, state=AttemptState.CLOSED, result="answered", disposition=disposition)
    assert ending_of(closed) in Ending


@pytest.mark.parametrize("disposition", sorted(SETTLED))
def test_a_settled_matter_has_no_ending_to_retry_on(
    facts: EligibilityFacts, disposition: Disposition
) -> None:
    closed = replace(facts.attempt, state=AttemptState.CLOSED, result="answered", disposition=disposition)
    with pytest.raises(ValueError, match="settled the matter"):
        ending_of(closed)


def test_an_attempt_that_is_not_closed_has_none(facts: EligibilityFacts) -> None:
    with pytest.raises(ValueError, match="is claimed, not closed"):
        ending_of(facts.attempt)
