"""Published content: immutable versions of everything that administrators write."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

ContentFiles = Mapping[str, bytes]
"""Bodies by path: `flows/…`, `prompts/<language>/…`, `rules/…`, `rules/retry/…`, `rules/hours/…`,
`compliance/…`, `messages/…`, and `bulletin/<language>/…`, which is in no working copy."""


@dataclass(frozen=True, slots=True)
class ContentVersion:
    """One published version. The last one is live."""

    id: int
    """Counts from 1."""
    published_at: datetime
    author: str
    note: str
    base: int | None
    """The version that was live when it was made; None for the first."""
    digest: str
    """Of all its files: two versions with the same content have the same."""


def digest_of(files: ContentFiles) -> str:
    """Return a hash of every path and body."""
    whole = hashlib.sha256()
    for path, body in sorted(files.items()):
        whole.update(f"{path}\0{len(body)}\0".encode())
        whole.update(body)
    return whole.hexdigest()
