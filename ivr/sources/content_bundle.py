"""The content folders as one set of files, as they are published and written out again."""

from __future__ import annotations

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
    """Write a version's files below `target` and return where they are."""
    for path, body in files.items():
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)
    return ContentFolders(
        target / "flows",
        target / "prompts",
        target / "rules",
        target / "compliance",
        target / "bulletin",
        target / "messages",
        target / "pages",
    )


def _by_kind(folders: ContentFolders) -> dict[str, Path]:
    written = {
        "flows": folders.flows,
        "prompts": folders.prompts,
        "rules": folders.rules,
        "compliance": folders.compliance,
    }
    optional = {"bulletin": folders.bulletin, "messages": folders.messages, "pages": folders.pages}
    return written | {kind: folder for kind, folder in optional.items() if folder is not None}
