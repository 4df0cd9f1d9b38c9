"""The bulletin among a version's files: put on the air, taken off, carried over."""

from __future__ import annotations

import json
from datetime import datetime

from ivr.engine.content_version import ContentFiles

_FOLDER = "bulletin/"


def with_bulletin(
    files: ContentFiles, language: str, text: str, clip: bytes | None, until: datetime | None
) -> ContentFiles:
    """Return `files` with a bulletin of this language in the place of an older one.

    `clip` is a recording, as telephones play it, of what `text` says.
    """
    lines = [f"text: {json.dumps(text, ensure_ascii=False)}"]
    if until is not None:
        lines.append(f"until: {until.isoformat()}")
    written = {_path(language, "yaml"): ("\n".join(lines) + "\n").encode()}
    recorded = {} if clip is None else {_path(language, "wav"): clip}
    return {**without_bulletin(files, language), **written, **recorded}


def without_bulletin(files: ContentFiles, language: str | None = None) -> ContentFiles:
    """Return `files` without the bulletin of a language; None: of all."""
    folder = _FOLDER if language is None else f"{_FOLDER}{language}/"
    return {path: body for path, body in files.items() if not path.startswith(folder)}


def bulletin_of(files: ContentFiles) -> ContentFiles:
    """Return the files of the bulletin alone."""
    return {path: body for path, body in files.items() if path.startswith(_FOLDER)}


def _path(language: str, suffix: str) -> str:
    return f"{_FOLDER}{language}/bulletin.{suffix}"
