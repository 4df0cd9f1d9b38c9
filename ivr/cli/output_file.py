"""Where a command is to write a file: refused before the work is done, not after."""

from __future__ import annotations

import os
from pathlib import Path

from ivr.errors import UsageError


def check_output(file: Path, suffix: str) -> None:
    """Raise UsageError unless `file` can be written here and its name ends in `suffix` (`.wav`)."""
    if file.suffix.lower() != suffix:
        raise UsageError(
            f"{file} does not end in {suffix}, which is what is written; call it {file.stem}{suffix}."
        )
    if not file.parent.is_dir():
        raise UsageError(f"There is no folder {file.parent}; make it, or name a file in another.")
    if file.is_dir():
        raise UsageError(f"{file} is a folder; name a file in it.")
    if not os.access(file if file.exists() else file.parent, os.W_OK):
        raise UsageError(f"{file} may not be written here; name a file in a folder of your own.")
