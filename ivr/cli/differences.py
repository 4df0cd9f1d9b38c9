"""Differences, as people read them."""

from __future__ import annotations

from ivr.cli.context import ui


def show_difference(difference: str) -> None:
    """Print a unified difference in colours."""
    from rich.syntax import Syntax

    ui.print(Syntax(difference, "diff", word_wrap=True))
