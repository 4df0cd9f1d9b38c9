"""The content folders as one set of files, as they are published and written out again."""

from __future__ import annotations

import secrets
from pathlib import Path

from ivr.engine.content_version import ContentFiles
from ivr.sources.content_folder import ContentFolders

_PATTERNS = {
    "flows": ("*.yaml",),
    "prompts": ("*/*.yaml", "*/*.wav"),
    "rules": ("*.yaml", "retry/*.yaml", "hours/*.yaml"),
    "compliance": ("*.yaml",),
    "bulletin": ("*/*.yaml", "*/*.wav"),
    "messages": ("*.yaml",),
    "pages": ("*.yaml",),
}


def read_bundle(folders: ContentFolders) -> ContentFiles:
    """Return every file of the content by its path in a published version: `prompts/en/common.yaml`."""
    return {
        f"{kind}/{file.relative_to(folder).as_posix()}": file.read_bytes()
        for kind, folder in _by_kind(folders).items()
        for pattern in _PATTERNS[kind]
        for file in sorted(folder.glob(pattern))
    }


def write_bundle(files: ContentFiles, target: Path) -> ContentFolders:
    """Write a version's files below `target` and return where they are.

    An engine may be at work from them: what is there and alike stays as it is, and what is not takes its
    place whole.
    """
    for path, body in files.items():
        _write(target / path, body)
    return ContentFolders(
        target / "flows",
        target / "prompts",
        target / "rules",
        target / "compliance",
        target / "bulletin",
        target / "messages",
        target / "pages",
    )


def _write(file: Path, body: bytes) -> None:
    if file.is_file() and file.read_bytes() == body:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        unfinished.write_bytes(body)
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


def _by_kind(folders: ContentFolders) -> dict[str, Path]:
    written = {
        "flows": folders.flows,
        "prompts": folders.prompts,
        "rules": folders.rules,
        "compliance": folders.compliance,
    }
    optional = {"bulletin": folders.bulletin, "messages": folders.messages, "pages": folders.pages}
    return written | {kind: folder for kind, folder in optional.items() if folder is not None}
