"""Emergency calls from telephones of our own: with a location they get out, and nothing else ever does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from ivr.switch.trunk import Name, Softphone


class Emergency(BaseModel):
    """`[emergency]`: what is dialled for help, and the trunk that it goes out on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    numbers: tuple[Annotated[str, Field(pattern=r"^[0-9]{3,5}$")], ...] = ("911",)
    """As people dial them; a number that only tests the way (933) may be among them."""
    trunk: Name | None = None
    """Whose provider takes emergency calls; without it no telephone reaches help."""


def says_of_telephones(phones: Sequence[Softphone], emergency: Emergency) -> Iterator[str]:
    """Yield a sentence for each telephone that can't call for help, and one for those that can."""
    numbers = ", ".join(emergency.numbers)
    for phone in phones:
        if phone.location is None:
            lacks = "it has no `location`"
        elif emergency.trunk is None:
            lacks = "[emergency] names no `trunk`"
        else:
            continue
        yield (
            f"Telephone {phone.username!r} does NOT reach {numbers}, and cannot dial out at all: {lacks}."
            " Put a telephone that does beside it."
        )
    if able := [phone.username for phone in phones if reaches_help(phone, emergency)]:
        yield f"These telephones reach {numbers}, and nothing else outside: {', '.join(able)}."


def reaches_help(phone: Softphone, emergency: Emergency) -> bool:
    """Say whether an emergency call from this telephone gets out."""
    return phone.location is not None and emergency.trunk is not None
