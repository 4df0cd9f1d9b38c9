"""Flow files by the names that are in them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ivr.content_file import ContentFile
from ivr.errors import UsageError
from ivr.sources.findings import Findings


def readable_flows(folder: Path) -> list[ContentFile]:
    """Return the flow files of a folder that can be parsed."""
    return Findings().files(folder)


def as_path(wanted: str) -> Path | None:
    """Return what a flow is called by as a path; None where it is its name."""
    path = Path(wanted)
    return path if path.suffix in (".yaml", ".yml") else None


def flow_file(wanted: str, folder: Path, files: Sequence[ContentFile]) -> Path:
    """Return the file of a flow, by the name in it or as a path; raises UsageError when there is none.

    `files` are the readable ones of `folder`.
    """
    if (path := as_path(wanted)) is not None:
        return path
    names = {name_of(file): Path(file.file) for file in files}
    if wanted not in names:
        raise UsageError(f"There is no flow {wanted!r}; {folder} has {', '.join(sorted(names)) or 'none'}.")
    return names[wanted]


def beside(file: ContentFile, files: Sequence[ContentFile]) -> list[ContentFile]:
    """Return the flows beside one; another of its name is taken for a version of it and left out."""
    return [other for other in files if name_of(other) != name_of(file)]


def name_of(file: ContentFile) -> str:
    """Return what a file calls itself, whatever else is wrong with it."""
    return str(file.data.get("name"))
