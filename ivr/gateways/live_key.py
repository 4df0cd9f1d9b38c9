"""Whether a secret key of Stripe's charges real cards."""

from __future__ import annotations

_TESTS = ("sk_test_", "rk_test_")


def is_live_key(key: str) -> bool:
    """Say whether a key moves money: every one that does not say that it is for tests."""
    return bool(key) and not key.startswith(_TESTS)
