from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from ivr.flows.condition import Condition
from ivr.money import Money

EASTERN = timezone(timedelta(hours=-5))
VARIABLES = {
    "result": {"opens_at": datetime(2026, 3, 9, 23, 30, tzinfo=EASTERN)},
    "account": {"kind": "card", "amount_due": Money(12050, "USD"), "due_on": date(2026, 3, 1), "vip": True},
    "gathered": {"days": "14"},
    "payment_method": None,
}


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ({"variable": "account.kind", "equals": "card"}, True),
        ({"variable": "account.kind", "equals": "loan"}, False),
        ({"variable": "account.kind", "one_of": ["loan", "card"]}, True),
        ({"variable": "account.amount_due", "equals": 120.50}, True),
        ({"variable": "account.amount_due", "at_least": "120.50"}, True),
        ({"variable": "account.amount_due", "at_least": 120.51}, False),
        ({"variable": "account.amount_due", "at_most": 121}, True),
        ({"variable": "account.due_on", "at_most": "2026-03-01"}, True),
        ({"variable": "account.due_on", "at_least": "2026-03-02"}, False),
        ({"variable": "result.opens_at", "equals": "2026-03-09"}, True),
        ({"variable": "result.opens_at", "at_least": "2026-03-10"}, False),
        ({"variable": "result.opens_at", "one_of": ["2026-03-08", "2026-03-09"]}, True),
        ({"variable": "result.opens_at", "at_most": "2026-03-09T23:30"}, True),
        ({"variable": "result.opens_at", "at_least": "2026-03-09T23:31"}, False),
        ({"variable": "result.opens_at", "equals": "2026-03-10T04:30:00Z"}, True),
        ({"variable": "result.opens_at", "at_most": "2026-03-10T04:29:59+00:00"}, False),
        ({"variable": "result.opens_at", "at_most": 20260309}, False),
        ({"variable": "account.due_on", "at_most": "2026-03-01T00:00"}, False),
        ({"variable": "gathered.days", "at_most": 14}, True),
        ({"variable": "gathered.days", "equals": "14"}, True),
        ({"variable": "account.vip", "equals": True}, True),
        ({"variable": "payment_method", "present": True}, False),
        ({"variable": "payment_method", "present": False}, True),
        ({"variable": "account", "present": True}, True),
        ({"all": [{"variable": "account", "present": True}, {"variable": "alert", "present": True}]}, False),
        ({"any": [{"variable": "account", "present": True}, {"variable": "alert", "present": True}]}, True),
        ({"none": [{"variable": "alert", "present": True}]}, True),
    ],
)
def test_a_condition_holds_or_not(condition: dict[str, Any], holds: bool) -> None:
    assert Condition.model_validate(condition).holds(VARIABLES) is holds


@pytest.mark.parametrize("test", ["equals", "at_least", "at_most"])
@pytest.mark.parametrize("wanted", [0, "card", "2026-01-01", True])
def test_what_is_missing_passes_no_test(test: str, wanted: object) -> None:
    condition = Condition.model_validate({"variable": "account.nothing.here", test: wanted})
    assert not condition.holds(VARIABLES)


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.dates(),
    st.datetimes(timezones=st.sampled_from([None, UTC, timezone(timedelta(hours=14))])),
    st.builds(Money, st.integers(-(10**9), 10**9), st.just("USD")),
)


WANTED = st.one_of(
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.dates().map(str),
    st.datetimes(timezones=st.sampled_from([None, UTC, EASTERN])).map(datetime.isoformat),
)


@given(value=VALUES, wanted=WANTED)
@pytest.mark.parametrize("test", ["equals", "at_least", "at_most"])
def test_values_of_any_two_kinds_can_be_compared(test: str, value: object, wanted: object) -> None:
    condition = Condition.model_validate({"variable": "x", test: wanted})
    assert condition.holds({"x": value}) in (True, False)


@pytest.mark.parametrize(
    ("condition", "complaint"),
    [
        ({"variable": "x"}, "the condition has no test"),
        ({"variable": "x", "equals": 1, "at_least": 2}, "has 2 tests"),
        ({"equals": 1}, "`equals` needs a `variable:`"),
        ({"variable": "x", "all": [{"variable": "y", "present": True}]}, "`all` takes no `variable:`"),
        ({"variable": "x.__class__", "present": True}, "variable"),
    ],
)
def test_a_condition_says_one_thing(condition: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        Condition.model_validate(condition)
