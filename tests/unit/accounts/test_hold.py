"""What a hold covers, and for how long."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ivr.accounts.hold import Hold, HoldKind

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
LATER = NOW + timedelta(days=5)


@pytest.mark.parametrize(
    ("account_id", "topic", "until", "covers"),
    [
        ("a1", "payments", None, True),
        ("a1", "payments", LATER, True),
        ("a1", "payments", NOW, False),
        ("a2", "payments", None, False),
        ("a1", "fraud", None, False),
        (None, "payments", None, True),
        ("a1", None, None, True),
        (None, None, None, True),
    ],
)
def test_a_hold_covers_its_account_and_topic_until_it_is_over(
    account_id: str | None, topic: str | None, until: datetime | None, covers: bool
) -> None:
    hold = Hold("h", HoldKind.DISPUTED, "c1", account_id, topic, NOW, until, "customer")
    assert hold.covers("a1", "payments", NOW) is covers


def test_only_what_can_turn_out_not_to_be_so_is_taken_up_again() -> None:
    again = {kind for kind in HoldKind if kind.is_taken_up_again}
    assert again == {HoldKind.ALREADY_PAID, HoldKind.DISPUTED}


def test_every_kind_has_its_words() -> None:
    assert all(kind.sentence for kind in HoldKind)
