from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.flows.values import from_json, to_json
from ivr.money import Money

PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(),
    st.builds(Money, st.integers(), st.just("USD")),
    st.dates(),
    st.times(),
    st.datetimes(timezones=st.just(UTC)),
    st.decimals(allow_nan=False),
)
KINDS = st.recursive(PLAIN, lambda inner: st.dictionaries(st.text(), inner) | st.lists(inner))


@given(value=KINDS)
def test_every_kind_comes_back_as_it_was(value: object) -> None:
    assert from_json(to_json(value)) == value


@pytest.mark.parametrize(
    "value",
    [
        {"$date": "never"},
        {"$money": [1, "USD"]},
        {"$object": {}},
        {"x": [{"$ref": {"$object": {"$time": "1"}}}]},
    ],
)
def test_what_only_looks_like_a_kind_comes_back_as_it_was_too(value: object) -> None:
    assert from_json(to_json(value)) == value


@pytest.mark.parametrize(
    "value",
    [Money(1, "USD"), date(2026, 1, 1), time(1), datetime(2026, 1, 1, tzinfo=UTC), Decimal("1.50")],
)
def test_what_has_a_kind_says_so_in_json(value: object) -> None:
    assert isinstance(to_json(value), dict)


def test_what_no_session_keeps_is_our_mistake() -> None:
    with pytest.raises(TypeError, match="a session can't keep a bytes"):
        to_json(b"")
