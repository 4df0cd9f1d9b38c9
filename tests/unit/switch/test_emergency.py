"""Which telephones reach help is said in plain words."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from ivr.switch.emergency import Emergency, says_of_telephones
from ivr.switch.trunk import Softphone

ANN = Softphone(username="ann", number="+12025550123")
BEN = Softphone(
    username="ben", number="+12025550124", location="12 Main St floor 3", location_number="+12025550100"
)


def test_a_telephone_without_a_location_cannot_dial_out_at_all() -> None:
    unable, able = says_of_telephones((ANN, BEN), Emergency(trunk="provider"))
    assert "'ann' does NOT reach 911, and cannot dial out at all: it has no `location`" in unable
    assert able == "These telephones reach 911, and nothing else outside: ben."


def test_a_location_without_a_trunk_is_of_no_use() -> None:
    (unable,) = says_of_telephones((BEN,), Emergency())
    assert "'ben' does NOT reach 911, and cannot dial out at all: [emergency] names no `trunk`" in unable


def test_without_telephones_there_is_nothing_to_say() -> None:
    assert list(says_of_telephones((), Emergency())) == []


def test_a_location_is_whole() -> None:
    with pytest.raises(ValidationError, match="`location` and `location_number`; give both"):
        Softphone(username="ann", number="+12025550123", location="12 Main St")


def test_a_location_that_would_change_the_dialplan_is_refused() -> None:
    with pytest.raises(ValidationError, match="can't be told"):
        Softphone(
            username="ann", number="+12025550123", location="x,1)\nDial", location_number="+12025550100"
        )
