"""What can be offered to a customer who has paid, for the months that come."""

from __future__ import annotations

from enum import StrEnum


class Monthly(StrEnum):
    """One kind of offer."""

    AUTOMATIC = "automatic"
    """What is due is charged on a day of each month."""
    INVITATION = "invitation"
    """The customer is invited to pay on a day of each month."""
