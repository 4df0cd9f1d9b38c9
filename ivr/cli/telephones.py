"""What has to be said of the telephones that people sit at, before somebody needs help."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ivr.cli.context import ui

if TYPE_CHECKING:
    from ivr.settings import Settings


def emergency_notes(settings: Settings) -> Sequence[str]:
    """Return a sentence for each telephone that can't call for help, and one for those that can."""
    from ivr.switch.emergency import says_of_telephones

    return tuple(says_of_telephones(settings.softphones, settings.emergency))


def print_emergency_notes(settings: Settings) -> None:
    """Print them, each on a line of its own."""
    for note in emergency_notes(settings):
        ui.print(note, highlight=False, markup=False, soft_wrap=True)
