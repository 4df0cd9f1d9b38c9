"""A request shows that it is ours, and when it was sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ivr.webhooks.signature import signature

KEY, BODY = b"k" * 32, b'{"order": "17"}'
NOW = datetime(2026, 3, 2, 15, 0, 0, 900_000, tzinfo=UTC)


def test_it_is_the_moment_and_the_hash_of_moment_and_body() -> None:
    # printf '1772463600.{"order": "17"}' | openssl dgst -sha256 -hmac kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk
    assert signature(KEY, BODY, NOW) == (
        "t=1772463600,v1=ac93329e6829b1c130cd6ae31dc729e76c537d6ecaa94b8c412b2edd128e15c2"
    )


def test_another_key_body_or_moment_makes_another() -> None:
    others = [
        signature(b"l" * 32, BODY, NOW),
        signature(KEY, BODY + b" ", NOW),
        signature(KEY, BODY, NOW + timedelta(seconds=1)),
    ]
    assert len({signature(KEY, BODY, NOW), *others}) == 4
