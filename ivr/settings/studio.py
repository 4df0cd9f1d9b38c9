"""`[studio]`."""

from __future__ import annotations

from pathlib import Path

from ivr.settings.section import Section


class StudioSettings(Section):
    """Recording prompts by telephone."""

    pin_file: Path | None = None
    """A file that holds only the PIN, six to twelve digits, mode 0600; without it nobody gets in."""
