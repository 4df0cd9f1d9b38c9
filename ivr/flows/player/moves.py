"""What a person at the telephone does, written as characters: `1,,2#h`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ivr.errors import UsageError

KEYS = "0123456789*#"
SILENCE, HANG_UP, SCREENER, SETTLED, CUT_IN = ",", "h", "s", "e", "!"
HOW_KEYS_ARE_WRITTEN = (
    "0-9 * # are keys, `,` waits until a time-out, `h` hangs up, `s` is a call screener, "
    "`e` has somebody else settle the matter, `!1` presses 1 while it speaks"
)


@dataclass(frozen=True, slots=True)
class Press:
    """A key, after all that is said has been heard, or while it is being said."""

    key: str
    cuts_in: bool = False


@dataclass(frozen=True, slots=True)
class StaySilent:
    """Nothing, until the time-out."""


@dataclass(frozen=True, slots=True)
class HangUp:
    """The end."""


@dataclass(frozen=True, slots=True)
class Screen:
    """It turns out that a call screener listens."""


@dataclass(frozen=True, slots=True)
class SettleElsewhere:
    """Somebody else settles the matter at this moment: what would settle it from here on comes too late."""


Move = Press | StaySilent | HangUp | Screen | SettleElsewhere

OTHERS: Mapping[str, Move] = {
    SILENCE: StaySilent(),
    HANG_UP: HangUp(),
    SCREENER: Screen(),
    SETTLED: SettleElsewhere(),
}
"""Moves that are no key, as they are written."""


def read_moves(text: str) -> Iterator[Move]:
    """Yield the moves of a script, spaces left out; raises UsageError for anything else in it."""
    cuts_in = False
    for character in text:
        if character.isspace():
            continue
        if character == CUT_IN and not cuts_in:
            cuts_in = True
            continue
        if character in KEYS:
            yield Press(character, cuts_in)
        elif cuts_in or character not in OTHERS:
            raise UsageError(f"{character!r} can't be pressed here: {HOW_KEYS_ARE_WRITTEN}.")
        else:
            yield OTHERS[character]
        cuts_in = False
    if cuts_in:
        raise UsageError(f"`!` needs a key after it: {HOW_KEYS_ARE_WRITTEN}.")


def write_move(move: Move) -> str:
    """Return a move as read_moves takes it."""
    if isinstance(move, Press):
        return f"{CUT_IN if move.cuts_in else ''}{move.key}"
    return next(written for written, other in OTHERS.items() if other == move)
