"""Our own folder in the machine's temporary one, for what instances share and what is too deep elsewhere."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from ivr.errors import StartError


def temporary_folder() -> Path:
    """Return the folder, mode 0700, made if need be; raises StartError when somebody else can enter it."""
    folder = Path(tempfile.gettempdir()) / f"answerback-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    _must_be_ours(folder)
    return folder


def _must_be_ours(folder: Path) -> None:
    """Anybody may make a folder in the temporary one first, and would hold our control socket then."""
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid() or status.st_mode & 0o077:
        raise StartError(f"{folder} is not ours alone; remove it")
