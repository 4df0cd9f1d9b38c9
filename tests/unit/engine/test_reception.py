"""Which flow serves what was dialled, however the network writes it."""

import pytest

from ivr.engine.reception import Reception

DESK = Reception({"+18005550100": "front-desk", "*77": "studio", "100": "studio"}, "US", 600)


@pytest.mark.parametrize("dialled", ["+18005550100", "18005550100", "8005550100", "0018005550100"])
def test_our_number_is_known_in_every_form_that_networks_send(dialled: str) -> None:
    expected = None if dialled.startswith("00") else "+18005550100"
    assert DESK.our_number(dialled) == expected


@pytest.mark.parametrize("code", ["*77", "100"])
def test_a_short_code_is_dialled_as_it_is(code: str) -> None:
    assert DESK.our_number(code) == code


@pytest.mark.parametrize("dialled", ["", "77", "*78", "+18005550199", "8005550199", "anonymous"])
def test_nothing_else_is_ours(dialled: str) -> None:
    assert DESK.our_number(dialled) is None


@pytest.mark.parametrize("caller", ["", "anonymous", "5", "+"])
def test_a_number_that_is_withheld_is_none(caller: str) -> None:
    assert DESK.number_of(caller) is None


def test_a_caller_within_the_country_has_a_number() -> None:
    assert DESK.number_of("2025550123") == "+12025550123"
