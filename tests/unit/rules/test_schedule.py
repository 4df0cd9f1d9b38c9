"""A clock time is five fields that cron and the scheduler read alike."""

from __future__ import annotations

import pytest

from ivr.rules.schedule import check_cron


@pytest.mark.parametrize(
    "text", ["* * * * *", "*/15 8-20 * * mon-fri", "0 9,12 1 1,7 *", "0 0-23/2 * * sat,sun"]
)
def test_the_usual_forms_are_taken(text: str) -> None:
    check_cron(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0 9 * *", "has 4 fields"),
        ("60 9 * * *", "'60' is no minute; use \\*, \\*/n or 0 to 59"),
        ("0 20-8 * * *", "'20-8' is no hour"),
        ("0 9 0 * *", "'0' is no day"),
        ("*/0 * * * *", "'\\*/0' is no minute"),
        ("5/2 * * * *", "'5/2' is no minute"),
        (", * * * *", "'' is no minute"),
        ("0 9 * jan *", "'jan' is no month"),
        ("0 9 * * 1", "'1' is no weekday; use \\* or names"),
        ("0 9 * * mon-", "'mon-' is no weekday"),
    ],
)
def test_what_would_be_read_differently_is_refused(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        check_cron(text)
