"""No card is kept in what people write, and days, amounts and telephone numbers are."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.outcomes.written_card import holds_card_number
from ivr.payments.card import is_card_number

GAPS = (" ", "  ", "-", ".", "/", "\n", "\r\n", " - ", "_", "\u00a0", "\u2013")
SHAPES = (
    (4, 6, 5),
    (4, 6, 4),
    (4, 3, 3, 3),
    (4, 4, 8),
    (4, 8, 4),
    (6, 10),
    (12, 4),
    (6, 13),
    (4, 4, 4, 4, 3),
)
"""In which groups a card is written, beside groups that are all alike."""
BRANDS = (("4", 13), ("4", 16), ("4", 19), ("51", 16), ("2221", 16), ("34", 15), ("37", 15), ("36", 14))
MORE_BRANDS = (("3528", 16), ("6011", 16), ("65", 16), ("62", 19), ("67", 12))


def with_check_digit(beginning: str) -> str:
    return next(number for digit in "0123456789" if _luhn(number := beginning + digit))


def _luhn(digits: str) -> bool:
    doubled = (sum(divmod(2 * int(each), 10)) for each in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0


@st.composite
def cards(draw: st.DrawFn) -> str:
    """Return a card number of some brand."""
    begin, length = draw(st.sampled_from((*BRANDS, *MORE_BRANDS)))
    rest = length - len(begin) - 1
    return with_check_digit(begin + draw(st.text("0123456789", min_size=rest, max_size=rest)))


@st.composite
def written(draw: st.DrawFn, card: str) -> str:
    """Return a card as somebody writes it."""
    whole = [shape for shape in SHAPES if sum(shape) == len(card)]
    alike = [(size,) * -(-len(card) // size) for size in (1, 2, 3, 4, 8, 19)]
    shape = draw(st.sampled_from([*whole, *alike]))
    ends = [*accumulate(shape)]
    groups = [card[begin:end] for begin, end in zip([0, *ends], ends, strict=False)]
    return draw(st.sampled_from(GAPS)).join(groups)


@given(st.data(), cards(), st.sampled_from(["", "my card is ", "on 12/05/2026 with "]))
def test_a_card_is_seen_however_somebody_writes_it(data: st.DataObject, card: str, before: str) -> None:
    assert is_card_number(card)
    text = data.draw(written(card))
    assert holds_card_number(f"{before}{text}, thanks")


@pytest.mark.parametrize("between", GAPS)
def test_the_usual_four_groups_never_pass(between: str) -> None:
    assert holds_card_number(f"it is {between.join(['4242'] * 4)}, thanks")


@pytest.mark.parametrize("behind", ["1127", " 1127", " 11/27 123", ", until 11/27", " 150.00"])
def test_what_is_written_behind_a_card_does_not_hide_it(behind: str) -> None:
    assert holds_card_number(f"4242424242424242{behind}")


def test_digits_of_any_script_count() -> None:
    assert holds_card_number("\uff14\uff12" * 8)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "call me at (202) 555-0148",
        "call 415-555-0123 or 650-555-0188",
        "I paid 123.45 on 2026-03-02 by transfer",
        "I was away from 12/05/2026 and 01/06/2026",
        "12/05/2026 01/06/2026",
        "150.00 12/05/2026",
        "1250.00, 2026-05-12",
        "order 4242 4242 4242 4241",
    ],
)
def test_what_is_no_card_may_be_written(text: str) -> None:
    assert not holds_card_number(text)


DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31)).flatmap(
    lambda day: st.sampled_from(["%m/%d/%Y", "%d.%m.%Y", "%Y-%m-%d", "%d-%m-%Y", "%d %m %Y"]).map(
        day.strftime
    )
)
AMOUNTS = st.decimals(Decimal("0.01"), Decimal("99999.99"), places=2).map(str)


@given(DAYS, st.one_of(DAYS, AMOUNTS), st.sampled_from([" and ", ", ", " ", " - ", "; "]))
def test_two_days_and_a_day_and_an_amount_may_be_written(one: str, other: str, between: str) -> None:
    assert not holds_card_number(f"{one}{between}{other}")
    assert not holds_card_number(f"{other}{between}{one}")
