"""The glossary has every word of the vocabularies, and says of each what the code says."""

from __future__ import annotations

from enum import StrEnum

import pytest

from ivr.accounts.hold import HoldKind
from ivr.accounts.promise import PromiseState
from ivr.alerts.alert import AlertState
from ivr.attempts.attempt import AttemptState
from ivr.calls.answered_by import AnsweredBy
from ivr.calls.call_result import CallResult
from ivr.outcomes.disposition import Disposition
from ivr.outcomes.response import Response
from tests.unit.docs.pages import page, section, table_rows

PAGE = page("glossary.md")


def rows(heading: str) -> list[list[str]]:
    return [[cell.strip("`") for cell in row] for row in table_rows(section(PAGE, heading))]


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("## States of an attempt", AttemptState),
        ("## States of an alert", AlertState),
        ("## States of a promise", PromiseState),
        ("## Kinds of hold", HoldKind),
        ("## What the network did: call result", CallResult),
        ("## Who picked up: answered by", AnsweredBy),
        ("## What the person meant: response", Response),
        ("## What it means for the business: disposition", Disposition),
    ],
)
def test_every_word_is_there(heading: str, words: type[StrEnum]) -> None:
    assert [row[0] for row in rows(heading)] == [word.value for word in words]


def test_a_call_result_is_told_in_its_own_sentence() -> None:
    told = dict(rows("## What the network did: call result"))
    assert told == {result.value: result.sentence for result in CallResult}


def test_a_kind_of_hold_is_told_in_its_own_sentence() -> None:
    assert dict(rows("## Kinds of hold")) == {kind.value: kind.sentence for kind in HoldKind}


def test_a_response_is_told_with_its_effect() -> None:
    told = {word: effect for word, effect, _meaning in rows("## What the person meant: response")}
    assert told == {response.value: response.effect.name.lower() for response in Response}
