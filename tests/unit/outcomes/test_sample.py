"""Who is asked is a matter of the call's id and of nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ivr.outcomes.sample import is_drawn


@given(st.uuids(), st.floats(0, 100))
def test_the_same_call_is_always_in_the_sample_or_never(call: object, percent: float) -> None:
    assert is_drawn(str(call), "s", percent) == is_drawn(str(call), "s", percent)


@given(st.uuids(), st.floats(0, 100), st.floats(0, 100))
def test_a_larger_sample_has_everybody_of_a_smaller_one(call: object, one: float, other: float) -> None:
    if is_drawn(str(call), "s", min(one, other)):
        assert is_drawn(str(call), "s", max(one, other))


def test_none_and_all() -> None:
    calls = [str(number) for number in range(1_000)]
    assert not any(is_drawn(call, "s", 0) for call in calls)
    assert all(is_drawn(call, "s", 100) for call in calls)


def test_it_is_as_large_as_it_is_said_to_be_and_another_one_has_others() -> None:
    calls = [str(number) for number in range(20_000)]
    first, second = ({call for call in calls if is_drawn(call, name, 10)} for name in ("a", "b"))
    assert 1_800 < len(first) < 2_200
    assert len(first & second) < 300
