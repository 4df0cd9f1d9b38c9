from __future__ import annotations

import random
from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from ivr.ari.backoff import FIRST_S, LONGEST_S, backoff_delays


@given(seed=st.integers())
def test_delays_grow_to_a_limit_and_are_never_shorter_than_half_of_it(seed: int) -> None:
    delays = list(islice(backoff_delays(random.Random(seed)), 20))
    ceiling = FIRST_S
    for delay in delays:
        assert ceiling / 2 <= delay <= ceiling
        ceiling = min(LONGEST_S, ceiling * 2)


def test_two_clients_do_not_come_back_in_step() -> None:
    first = list(islice(backoff_delays(random.Random(1)), 10))
    second = list(islice(backoff_delays(random.Random(2)), 10))
    assert all(a != b for a, b in zip(first, second, strict=True))
