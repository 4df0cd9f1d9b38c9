"""A profile says by what a customer may prove to be them."""

from __future__ import annotations

import pytest

from ivr.content_file import parse_content
from ivr.errors import ContentError
from ivr.flows.compliance import factor_order, load_profiles
from ivr.flows.factor import DEFAULT_ORDER, Factor

WRITTEN = """
name: strict
factors:
  order: [pin, account_digits]
  section: 1 X 2
  date: "2026-01-01"
  review: Is it enough?
"""


def test_the_order_of_a_profile_is_kept() -> None:
    profiles = load_profiles([parse_content(WRITTEN, "strict.yaml")])
    assert factor_order(profiles["strict"]) == (Factor.PIN, Factor.ACCOUNT_DIGITS)


def test_a_profile_that_says_nothing_and_none_at_all_have_the_default() -> None:
    (profile,) = load_profiles([parse_content("name: lenient", "lenient.yaml")]).values()
    assert factor_order(profile) == factor_order(None) == DEFAULT_ORDER


@pytest.mark.parametrize(
    ("order", "told"),
    [("[pin, pin]", "strict.yaml:4: factors.order: pin is there twice"), ("[pim]", "'pim'")],
)
def test_a_wrong_order_is_told(order: str, told: str) -> None:
    with pytest.raises(ContentError, match=told.replace("[", r"\[")):
        load_profiles([parse_content(WRITTEN.replace("[pin, account_digits]", order), "strict.yaml")])
