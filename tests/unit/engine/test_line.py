"""Who answers is found out as the trunk says, unless a rule says otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ivr.engine.telephony import Listening
from tests.unit.engine.conftest import LINE

BEEPS = Listening((700,))
DEAF, HEARS = replace(LINE, ears=BEEPS), replace(LINE, listening=BEEPS, ears=BEEPS)


@pytest.mark.parametrize(
    ("wanted", "deaf", "hears"), [(None, None, BEEPS), (True, BEEPS, BEEPS), (False, None, None)]
)
def test_a_rule_goes_before_the_trunk(
    wanted: bool | None, deaf: Listening | None, hears: Listening | None
) -> None:
    assert (DEAF.listening_for(wanted), HEARS.listening_for(wanted)) == (deaf, hears)
