"""Which variables tell something of an account, whichever name they go by.

Whoever hears one of these knows that there is an account, and something about it. A value that was made of
one, or that another program answered with, is one as well: nobody knows what it tells.
"""

from __future__ import annotations

from collections.abc import Collection

from ivr.prompts.content_tier import ContentTier

DETAILS_TIER = ContentTier.CONFIRMED
"""How sure of the listener we must be at least before an account detail is said; a profile may want more."""

ACCOUNT_NAMESPACES = frozenset({"account", "payment_method"})
_OF_NO_ACCOUNT = frozenset(
    {"opens_at", "moment", "free_agents", "callers_waiting", "expected_wait", "recording", "seconds", "words"}
)
"""What effects tell of hours, queues, recordings and prompts; all else may be of an account."""
_PROMISED = "promised_"
"""Begins the names of what was gathered for a promise to pay."""


def tells_of_account(path: str, own: Collection[str]) -> bool:
    """Say whether the variable at a dotted path tells something of an account.

    `own` are the names of the flow's own variables that do. A namespace by itself tells all that is in it.
    """
    namespace, *rest = path.split(".")
    name = rest[0] if rest else None
    match namespace:
        case "own":
            return bool(own) if name is None else name in own
        case "gathered":
            return name is None or name.startswith(_PROMISED)
        case "result":
            return name not in _OF_NO_ACCOUNT
    return namespace in ACCOUNT_NAMESPACES
