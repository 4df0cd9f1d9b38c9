"""Which flow a transcript is of: its name, or its file as seen from the transcript.

A transcript and a flow file of one's own move together; from where they are played makes no difference.
"""

from __future__ import annotations

import os
from pathlib import Path

from ivr.sources.flow_files import as_path


def written_in(transcript: Path, wanted: str) -> str:
    """Return a flow, named or as a path from here, as a transcript has it.

    A path from the root stays as it is; any other is written from the transcript's folder.
    """
    path = as_path(wanted)
    if path is None or path.is_absolute():
        return wanted
    return os.path.relpath(path.parent.resolve() / path.name, transcript.parent.resolve())


def meant_by(transcript: Path, flow: str) -> str:
    """Return the name or the path of the flow that a transcript names."""
    path = as_path(flow)
    return flow if path is None else str(transcript.parent / path)
