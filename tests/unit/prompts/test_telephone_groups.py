"""Numbers are read in groups that a listener can write down."""

from __future__ import annotations

import pytest

from ivr.phone_number import parse_phone_number
from ivr.prompts.telephone_groups import telephone_groups


@pytest.mark.parametrize(
    ("number", "groups"),
    [
        ("+12025550123", ("202", "555", "0123")),
        ("+33123456789", ("01", "23", "45", "67", "89")),
        ("+34912345678", ("912", "34", "56", "78")),
        ("+493012345678", ("030", "123", "456", "78")),
    ],
)
def test_telephone_groups(number: str, groups: tuple[str, ...]) -> None:
    assert telephone_groups(parse_phone_number(number)) == groups
