"""A prompt is put into words once for the same values, and never with those of somebody else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.errors import FlowError
from ivr.money import Money
from ivr.prompts.build_parts import Surroundings, build_parts
from ivr.prompts.content_tier import ContentTier
from ivr.prompts.lexicon import NO_LEXICON
from ivr.prompts.part import Speaker
from ivr.prompts.prompt import Prompt, make_prompt
from ivr.prompts.prompt_file import PromptEntry
from ivr.prompts.said_before import SaidBefore
from ivr.prompts.segment import Segment
from tests.unit.prompts.test_presplit import PIECES, VALUES

TODAY = date(2026, 3, 9)


def prompt(wording: str) -> Prompt:
    entry, tier = PromptEntry(text=wording), ContentTier.ANYONE
    parts = build_parts("p", entry, Speaker("en", NO_LEXICON), Surroundings("en", tier, {}, {}))
    return make_prompt("p", "en", tier, entry.tts, parts)


def owing(value: object, today: object = TODAY) -> Mapping[str, object]:
    return {"account": {"due": value}, "today": today}


def heard(spoken: Prompt, variables: Mapping[str, object]) -> tuple[Segment, ...] | None:
    try:
        return spoken.render(variables)
    except FlowError:
        return None


def heard_anew(spoken: Prompt, variables: Mapping[str, object]) -> tuple[Segment, ...] | None:
    try:
        return tuple(chain.from_iterable(part.render(variables) for part in spoken.parts))
    except ValueError:
        return None


@given(
    pieces=st.lists(st.sampled_from((*PIECES, "{{ 1 }}")), min_size=1, max_size=8),
    customers=st.lists(VALUES, min_size=2, max_size=4),
)
def test_everybody_hears_what_they_would_hear_without_it(
    pieces: list[str], customers: list[dict[str, Any]]
) -> None:
    spoken = prompt("Hello. " + "".join(pieces))
    for customer in (*customers, *customers):
        assert heard(spoken, customer) == heard_anew(spoken, customer)


@pytest.mark.parametrize("value", ["Ann", Money(4250, "USD"), date(2026, 3, 1), None, True])
def test_the_same_values_are_put_into_words_once(value: object) -> None:
    said = SaidBefore(["account.due"])
    assert said.rendering(owing(value)) is said.rendering(owing(value))


@pytest.mark.parametrize(
    "other",
    [
        owing("Bob"),
        owing("Ann", date(2027, 3, 9)),
        {**owing("Ann"), "customer": {"name": "Maria"}, "account": {"due": "ann"}},
    ],
)
def test_other_values_are_other_words(other: Mapping[str, object]) -> None:
    said = SaidBefore(["account.due"])
    assert said.rendering(owing("Ann")) is not said.rendering(other)


@pytest.mark.parametrize(
    "variables",
    [
        owing(2),
        owing(Decimal("2.50")),
        owing(datetime(2026, 3, 1)),  # noqa: DTZ001 (a moment that nobody can say)
        owing(["a", "b"]),
        {"account": {}, "today": TODAY},
        {"account": "none", "today": TODAY},
        {"account": None, "today": TODAY},
        {"account": {"due": "Ann"}},
    ],
)
def test_what_equal_values_do_not_decide_is_rendered_every_time(variables: Mapping[str, object]) -> None:
    said = SaidBefore(["account.due"])
    assert said.rendering(variables) == []
    assert said.rendering(variables) is not said.rendering(variables)


def test_a_method_of_every_mapping_is_no_value() -> None:
    said = SaidBefore(["order.items"])
    variables = {"order": {"items": "two"}, "today": TODAY}
    assert said.rendering(variables) is not said.rendering(variables)


def test_a_missing_variable_is_an_error_every_time() -> None:
    spoken = prompt("You owe {{ account.due | money }}.")
    for _ in range(2):
        with pytest.raises(FlowError, match="prompt 'p'"):
            spoken.render(owing("nothing"))
    assert spoken.render(owing(Money(100, "USD")))


def test_only_so_many_are_remembered() -> None:
    said = SaidBefore(["account.due"])
    first = said.rendering(owing("customer 0"))
    for number in range(1, 1000):
        said.rendering(owing(f"customer {number}"))
    assert said.rendering(owing("customer 0")) is not first
