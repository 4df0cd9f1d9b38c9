"""Wording that was cut when it was loaded says what Jinja says, to the letter."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.money import Money
from ivr.prompts.template import parse_template

PIECES = (
    "Hello",
    " ",
    ". ",
    "?  ",
    ".\n",
    "Mr. ",
    'said "so." ',
    ".",
    "J",
    "{{ company.name }}",
    "{{ customer.name | name }}",
    "{{ due }}",
    "{{ due | date }}",
    "{{ amount | money }}",
    "{% if due %}on {{ due }}{% else %}now{% endif %}",
    "{% if vip %}Dear. {% endif %}",
)
NAMES = st.one_of(
    st.sampled_from(["Acme Inc.", "", "  A  b ", "Who?", "x\ue000y", "J", "…"]),
    st.text(max_size=6),
)
VALUES = st.fixed_dictionaries(
    {
        "company": st.fixed_dictionaries({"name": NAMES}),
        "customer": st.fixed_dictionaries({"name": NAMES}),
        "due": st.sampled_from([date(2026, 3, 1), date(2025, 12, 31), date(2026, 2, 28)]),
        "amount": st.builds(Money, st.integers(-5, 100_000), st.just("USD")),
        "vip": st.sampled_from([True, False, None, 0, "yes"]),
        "today": st.just(date(2026, 3, 9)),
    }
)


@given(pieces=st.lists(st.sampled_from(PIECES), min_size=1, max_size=12), values=VALUES)
def test_it_says_what_jinja_says(pieces: list[str], values: dict[str, Any]) -> None:
    template = parse_template("".join(pieces), "en")
    assert template.sentences(values) == template._by_jinja(values)


@pytest.mark.parametrize(
    ("wording", "is_plain"),
    [
        ("Goodbye.", True),
        ("{{ a.b | money }}", True),
        ("{% if a %}{{ b }}{% endif %}", True),
        ("{{ a | default('you') }}", False),
        ("{{ a.items }}", False),
        ("{% if a > 1 %}many{% endif %}", False),
        ("{% for x in a %}{{ x }}{% endfor %}", False),
        ("a\ue001b {{ c }}", False),
    ],
)
def test_plain_slots_and_conditions_are_cut_beforehand_the_rest_is_left_to_jinja(
    wording: str, is_plain: bool
) -> None:
    assert (parse_template(wording, "en")._presplit is not None) == is_plain


@pytest.mark.parametrize("wording", ["{{ a.b }}", "{{ a.b | money }}", "{% if a.c %}yes{% endif %}{{ a.b }}"])
@pytest.mark.parametrize("value", [{}, {"b": None}, {"b": b"?"}, None])
def test_what_is_wrong_is_jinjas_to_tell(wording: str, value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_template(wording, "en").sentences({"a": value})
