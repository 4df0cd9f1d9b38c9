from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from ivr.carrier.ringing import Ringing


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ({}, 1),
        ({"rings": 0}, 0),
        ({"rings": 1}, 0),
        ({"rings": 3}, 12),
        ({"after": "0.5s"}, 0.5),
        ({"after": "1m"}, 60),
    ],
)
def test_rings_and_seconds_say_how_long_it_rings(told: dict[str, Any], seconds: float) -> None:
    assert Ringing.model_validate(told).rings_for == timedelta(seconds=seconds)


def test_rings_and_seconds_together_are_refused() -> None:
    with pytest.raises(ValidationError, match="both rings and after"):
        Ringing.model_validate({"rings": 2, "after": "1s"})
