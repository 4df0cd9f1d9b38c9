"""How messages leave the house: who delivers each medium, and to which addresses before going live."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from ivr.accounts.contact_point import Medium
from ivr.messages.message import Handover


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message as it is handed over."""

    id: str
    """Alike for the same message again, at whatever try."""
    to: str = field(repr=False)
    language: str
    subject: str = field(repr=False)
    body: str = field(repr=False)


class Messenger(Protocol):
    """Whoever delivers the messages of one medium. Neither method raises for what a network does."""

    @property
    def can_be_asked(self) -> bool:
        """Whether `look_up` can tell anything; where not, what is unknown stays so."""
        ...

    async def hand_over(self, message: Outgoing) -> Handover:
        """Give it one message, once; UNKNOWN when it may have been taken."""
        ...

    async def look_up(self, message_id: str) -> Handover:
        """Say what became of it: NOT_SENT when it was never heard of, UNKNOWN when that can't be told now."""
        ...


@dataclass(frozen=True, slots=True)
class Messaging:
    """What the settings say of messages. Without a messenger a medium's messages fail at once."""

    messengers: Mapping[Medium, Messenger] = field(default_factory=dict)
    listed_addresses: frozenset[str] = frozenset()
    """Who may get messages before `ivr go-live`."""
    link_base: str | None = None
    """What addresses of links begin with; None: no message with a link can be sent."""
    most_a_day: int = 10
    """Messages to one address in 24 hours."""
    allowed_prefixes: tuple[str, ...] = ()
    """Beginnings of the numbers that may get text messages once live, as for calls."""

    def allows(self, address: str, *, is_live: bool) -> bool:
        """Say whether an address may get messages at all."""
        if address in self.listed_addresses:
            return True
        return is_live and (not address.startswith("+") or address.startswith(self.allowed_prefixes))
