"""What moves money, or will."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from ivr.money import Money
from ivr.payments.authorisation import AmountTerms


@dataclass(frozen=True, slots=True)
class Pay:
    """Charge a saved method.

    `declined`: nothing was charged; `provider_error`: nobody knows. `requires_action`: nothing is charged
    until the customer agrees on a page, whose address is the value `link`. `settled`: nothing was charged,
    because what is due is no longer what the customer was told.
    """

    results: ClassVar = (
        "success",
        "declined",
        "provider_error",
        "max_failed_attempts",
        "requires_action",
        "settled",
    )
    failure: ClassVar = "provider_error"

    effect_id: int
    account_id: str
    amount: Money
    method_id: str
    due: Money | None = None
    """What the account has due, as the customer was told; None: that plays no part."""
    by_link: bool = False
    """Whether the customer can be sent a link; if not, what requires one is declined."""
    kind: Literal["pay"] = "pay"


@dataclass(frozen=True, slots=True)
class TakeCard:
    """Have the provider keep a card that was keyed in. Values: `id`, `kind` and `ending` of the method.

    `refused`: it is no card that could be charged.
    """

    results: ClassVar = ("taken", "refused", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    number: str
    """Handle of the card's number."""
    expiry: str
    """Handle of month and year."""
    code: str
    """Handle of the security code."""
    kind: Literal["take_card"] = "take_card"


@dataclass(frozen=True, slots=True)
class HandToVault:
    """Let the vault of the settings take a card. Values: `id`, `kind` and `ending` of the method.

    `no_card`: it took none; `unavailable`: it did not answer; `failed`: nobody knows what it took.
    """

    results: ClassVar = ("taken", "no_card", "unavailable", "failed")
    failure: ClassVar = "unavailable"

    effect_id: int
    keep: bool
    """Whether the card is offered in later calls."""
    kind: Literal["hand_to_vault"] = "hand_to_vault"


@dataclass(frozen=True, slots=True)
class AuthorisePayments:
    """Write down that the customer agrees to automatic payments.

    Values: `in_writing`, whether a copy is on its way.
    """

    results: ClassVar = ("done", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    account_id: str
    method_id: str
    recording: str
    """The opaque name of the customer's own voice."""
    terms: AmountTerms
    day: int
    """Of each month."""
    kind: Literal["authorise_payments"] = "authorise_payments"


@dataclass(frozen=True, slots=True)
class InviteMonthly:
    """Write down that the customer wants to be invited to pay every month."""

    results: ClassVar = ("done", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    account_id: str
    day: int
    """Of each month, 1 to 28."""
    medium: str
    kind: Literal["invite_monthly"] = "invite_monthly"


@dataclass(frozen=True, slots=True)
class EndInvitation:
    """Invite the customer to pay no more; done, too, where nobody was to."""

    results: ClassVar = ("done", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    account_id: str
    kind: Literal["end_invitation"] = "end_invitation"


@dataclass(frozen=True, slots=True)
class EndAuthorisation:
    """Charge nothing to the account by itself any more; done, too, where nothing was to be.

    Values: `payments`, the ways to pay by now, in the place of the host's, and `result.in_writing`, whether
    the customer is told in writing.
    """

    results: ClassVar = ("done", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    account_id: str
    kind: Literal["end_authorisation"] = "end_authorisation"
