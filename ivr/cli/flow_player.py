"""The terminal phone: shows what is said, and takes keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click
from rich.table import Table
from rich.text import Text

from ivr.cli.context import ui
from ivr.flows.player.moves import HOW_KEYS_ARE_WRITTEN, KEYS, OTHERS, HangUp, Move, Press, write_move
from ivr.flows.player.player import Player
from ivr.flows.player.talk import Heard, TalkStep

_STYLES = {
    "presses": ("cyan", "presses"),
    "stays_silent": ("cyan", "says nothing, s"),
    "hangs_up": ("cyan", "hangs up"),
    "screens": ("cyan", "screens the call"),
    "settled": ("yellow", "settled"),
    "plays": ("blue", "recording"),
    "does": ("magenta", "the flow does"),
    "responds": ("green", "that means"),
    "ends": ("bold", "call ends"),
    "breaks": ("red", "flow breaks"),
}


def play_typed(player: Player) -> str:
    """Show what is said and take keys from the terminal until the call ends; return them as `--keys` does."""
    ui.print(HOW_KEYS_ARE_WRITTEN.partition(", `!")[0], style="dim", highlight=False)
    made = ""
    shown = 0
    while True:
        player.listen()
        show(player.talk[shown:])
        shown = len(player.talk)
        if player.is_over:
            return made
        move = _typed_move()
        made += write_move(move)
        player.make(move)


def show(talk: Sequence[TalkStep]) -> None:
    """Print steps of a talk, a line each, who is concerned on the left."""
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", width=18)
    table.add_column()
    for step in talk:
        if isinstance(step, Heard):
            how = f"{' (slowly)' if step.is_slow else ''}{' (cut)' if step.is_cut else ''}"
            table.add_row(Text(step.say.node, "dim"), Text(f"{step.text}{how}"))
            continue
        colour, words = _STYLES[step.kind]
        value = "" if step.value is True else str(step.value)
        more = (f"{name} {_plain(value)}".strip() for name, value in step.more.items())
        table.add_row(Text(words, colour), Text(", ".join(filter(None, (value, *more))), colour))
    ui.print(table)


def _plain(value: object) -> str:
    """Return details as people read them."""
    if isinstance(value, Mapping):
        return " ".join(f"{name}={part}" for name, part in value.items())
    return "" if value is True else str(value)


def _typed_move() -> Move:
    """Wait for a character that means something; whoever closes the terminal hangs up."""
    while True:
        try:
            typed = click.getchar()
        except (EOFError, KeyboardInterrupt):
            return HangUp()
        if typed and typed in KEYS:
            return Press(typed)
        if typed in OTHERS:
            return OTHERS[typed]
