"""Published content."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from ivr.engine.content_version import ContentFiles, ContentVersion


class ContentVersions(Protocol):
    """Published content."""

    def live(self) -> ContentVersion | None:
        """Return the version that was published last; None before the first."""
        ...

    def versions(self, limit: int) -> Sequence[ContentVersion]:
        """Return the last versions, newest first."""
        ...

    def files(self, version: int) -> ContentFiles | None: ...
    def in_use(self) -> Sequence[int]:
        """Return the versions that open alerts and calls stand on."""
        ...

    def add(
        self, files: ContentFiles, author: str, note: str, base: int | None, at: datetime
    ) -> ContentVersion: ...
