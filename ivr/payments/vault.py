"""What a vault for cards says of a customer whom it talked with: a token, never the card."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ivr.payments.card import is_card_number

_TOKEN = re.compile(r"[A-Za-z0-9._:~-]{4,200}\Z", re.ASCII)
_NUMBERS = re.compile(r"[0-9](?:[._:~-]?[0-9]){11,}", re.ASCII)
"""Whatever in a token is as long as a card's number, in groups or not."""
_ENDING = re.compile(r"[0-9]{2,4}\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class VaultCard:
    """A card that the vault has."""

    token: str = field(repr=False)
    """What the payment provider charges it by."""
    ending: str
    """The last two to four digits."""


def card_told(answer: Mapping[str, object], reference: str) -> VaultCard | None:
    """Read the vault's answer about one hand-off; None: it took no card.

    Raises ValueError, in a clause without anything of the answer, for what is no such answer: about another
    reference, without a token, or with a card's number where the token should be.
    """
    if answer.get("reference") != reference:
        raise ValueError("it is about another reference")
    if answer.get("result") == "none":
        return None
    if answer.get("result") != "taken":
        raise ValueError("its result is neither taken nor none")
    token, ending = answer.get("token"), answer.get("ending")
    if not isinstance(token, str) or not _TOKEN.match(token):
        raise ValueError("it has no token that could be one")
    if any(is_card_number(re.sub(r"[^0-9]", "", number)) for number in _NUMBERS.findall(token)):
        raise ValueError("what it has for a token may be a card's number")
    if not isinstance(ending, str) or not _ENDING.match(ending):
        raise ValueError("it does not have the last two to four digits")
    return VaultCard(token, ending)
