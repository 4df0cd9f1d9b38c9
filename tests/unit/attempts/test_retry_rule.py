"""A retry rule says again or done, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.attempts.ending import Ending
from ivr.attempts.retry_rule import RetryRule, StepDone, TryAgain, Where, load_retry_rules
from ivr.content_file import parse_content
from ivr.errors import ContentError

RULE = """\
name: test
title: Test
max_attempts: 5
retry:
  busy: {max_attempts: 4, after: [5m, 1h]}
  no_answer: {max_attempts: 2, after: 2h, contact_point: next}
  refused: never
otherwise: {max_attempts: 2, after: 1d}
"""


def rule(text: str = RULE) -> RetryRule:
    (loaded,) = load_retry_rules([parse_content(text, "test.yaml")])
    return loaded


def test_each_ending_waits_as_its_list_says_and_the_last_wait_stays() -> None:
    waits = [rule().decide([Ending.BUSY] * count) for count in (1, 2, 3)]
    assert waits == [
        TryAgain(timedelta(minutes=5), Where.SAME),
        TryAgain(timedelta(hours=1), Where.SAME),
        TryAgain(timedelta(hours=1), Where.SAME),
    ]


def test_the_last_allowed_attempt_of_an_ending_ends_the_step() -> None:
    assert rule().decide([Ending.NO_ANSWER]) == TryAgain(timedelta(hours=2), Where.NEXT)
    assert rule().decide([Ending.NO_ANSWER] * 2) == StepDone("max_attempts_no_answer")


def test_endings_are_counted_apart_and_together() -> None:
    mixed = [Ending.BUSY, Ending.NO_ANSWER, Ending.BUSY, Ending.BUSY]
    assert rule().decide(mixed) == TryAgain(timedelta(hours=1), Where.SAME)
    assert rule().decide([*mixed, Ending.HUNG_UP]) == StepDone("max_attempts")


def test_never_is_never() -> None:
    assert rule().decide([Ending.REFUSED]) == StepDone("never_after_refused")


def test_an_ending_without_a_line_of_its_own_takes_otherwise() -> None:
    assert rule().decide([Ending.HUNG_UP]) == TryAgain(timedelta(days=1), Where.SAME)
    never = rule(RULE.replace("otherwise: {max_attempts: 2, after: 1d}", "otherwise: never"))
    assert never.decide([Ending.HUNG_UP]) == StepDone("never_after_hung_up")


@given(st.lists(st.sampled_from(Ending), min_size=5, max_size=30))
def test_no_run_of_endings_outlives_the_maximum(endings: list[Ending]) -> None:
    assert isinstance(rule().decide(endings), StepDone)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("busy:", "bussy:", "test.yaml:5: retry.bussy"),
        ("[5m, 1h]", "[]", "no waiting time is given"),
        ("[5m, 1h]", "5", "5 is no length of time"),
        ("max_attempts: 4", "max_attempts: 0", "retry.busy.max_attempts"),
        ("contact_point: next", "contact_point: other", "retry.no_answer.contact_point"),
        ("refused: never", "refused: nver", "test.yaml:7: retry.refused"),
        ("refused: never", "wrong_party: {max_attempts: 2, after: 1m}", "would ring the wrong place again"),
        ("otherwise: {max_attempts: 2, after: 1d}\n", "", "otherwise: it is missing"),
    ],
)
def test_what_is_no_retry_rule_is_told_with_its_line(old: str, new: str, said: str) -> None:
    with pytest.raises(ContentError) as caught:
        rule(RULE.replace(old, new))
    assert said in str(caught.value)
