from datetime import date, time

import pytest

from ivr.flows.keyed_form import Form, read
from ivr.money import Money
from tests.unit.flows.rehearsal import MARIA


@pytest.mark.parametrize(
    ("form", "digits", "value"),
    [
        (Form.DIGITS, "0042", "0042"),
        (Form.AMOUNT, "120", Money(12000, "USD")),
        (Form.AMOUNT, "120*5", Money(12050, "USD")),
        (Form.AMOUNT, "*99", Money(99, "USD")),
        (Form.AMOUNT, "*", None),
        (Form.AMOUNT, "1*999", None),
        (Form.MONTH_DAY, "0309", date(2026, 3, 9)),
        (Form.MONTH_DAY, "0308", date(2027, 3, 8)),
        (Form.DAY_MONTH, "1703", date(2026, 3, 17)),
        (Form.MONTH_DAY, "0229", date(2028, 2, 29)),
        (Form.MONTH_DAY, "0230", None),
        (Form.MONTH_DAY, "12", None),
        (Form.LAST_MONTH_DAY, "0309", date(2026, 3, 9)),
        (Form.LAST_MONTH_DAY, "0310", date(2025, 3, 10)),
        (Form.LAST_DAY_MONTH, "2802", date(2026, 2, 28)),
        (Form.LAST_MONTH_DAY, "0229", date(2024, 2, 29)),
        (Form.LAST_MONTH_DAY, "1301", None),
        (Form.TIME, "0000", time(0)),
        (Form.TIME, "2359", time(23, 59)),
        (Form.TIME, "2400", None),
        (Form.TELEPHONE, "2025550147", "+12025550147"),
        (Form.TELEPHONE, "011442079460018", "+442079460018"),
        (Form.TELEPHONE, "911", None),
        (Form.TELEPHONE, "12", None),
    ],
)
def test_digits_are_read_as_what_they_stand_for(form: Form, digits: str, value: object) -> None:
    assert read(form, digits, MARIA) == value


@pytest.mark.parametrize("form", [Form.AMOUNT, Form.MONTH_DAY, Form.LAST_MONTH_DAY, Form.TELEPHONE])
def test_without_what_the_host_should_know_nothing_is_understood(form: Form) -> None:
    assert read(form, "0317", {}) is None
