"""In which ways a customer can pay, beside a saved card and a link: the namespace `payments` of flows."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.engine.ports import Transaction
from ivr.engine.world import World
from ivr.payments.monthly import Monthly


def ways_to_pay(tx: Transaction, world: World, account_id: str | None) -> Mapping[str, object]:
    """Return what a flow knows of them; None for a way that there is not."""
    automatic = account_id is not None and tx.authorisations.of_account(account_id) is not None
    invited = account_id is not None and tx.invitations.of_account(account_id) is not None
    return {
        "payments": {
            "card_keying": world.cards is not None,
            "vault": world.vault is not None or None,
            "automatic": (Monthly.AUTOMATIC in world.monthly and not automatic) or None,
            "invitation": (Monthly.INVITATION in world.monthly and not invited) or None,
            "invited": invited or None,
            "authorised": automatic or None,
        }
    }
