"""What a call came to, as evidence of who had answered."""

from enum import StrEnum


class Aftermath(StrEnum):
    """The strongest evidence that a call gave after the verdict on who answered. Only a key proves a
    person."""

    VERIFIED = "verified"
    """A person: they said, or proved, to be the customer."""
    PRESSED = "pressed"
    """A person: they pressed a key."""
    HUNG_UP = "hung_up"
    """No key, and the other side hung up: anybody does."""
    NO_KEY = "no_key"
    """No key until we hung up: a machine, most likely."""
