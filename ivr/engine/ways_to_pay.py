"""In which ways a customer can pay, beside a saved card and a link: the namespace `payments` of flows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from ivr.accounts.account import Account
from ivr.engine.link_offer import can_prove
from ivr.engine.ports import Transaction
from ivr.engine.world import World
from ivr.flows.on_the_line import Party
from ivr.payments.authorisation import Authorisation
from ivr.payments.invitation import Invitation
from ivr.payments.monthly import Monthly

_Agreed = TypeVar("_Agreed", Authorisation, Invitation)


def ways_to_pay(tx: Transaction, world: World, account: Account | None) -> Mapping[str, object]:
    """Return what a flow knows of them; None for a way that there is not."""
    # An account that has changed hands keeps what another customer agreed to: nothing comes of it any more.
    given = None if account is None else _of_its_customer(account, tx.authorisations.of_account(account.id))
    invitation = None if account is None else _of_its_customer(account, tx.invitations.of_account(account.id))
    return {
        "payments": {
            "card_keying": world.cards is not None,
            "vault": world.vault is not None or None,
            "card_page": world.hosted_pages is not None or None,
            "page_proof": (account is not None and can_prove(tx, Party(account.customer_id, account.id)))
            or None,
            "automatic": (Monthly.AUTOMATIC in world.monthly and given is None) or None,
            "invitation": (Monthly.INVITATION in world.monthly and invitation is None) or None,
            "invited": invitation is not None or None,
            "authorised": None if given is None else given.terms.value,
        }
    }


def _of_its_customer(account: Account, agreed: _Agreed | None) -> _Agreed | None:
    return agreed if agreed is not None and agreed.customer_id == account.customer_id else None
