"""Published content of one transaction. Versions are only ever added."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from ivr.alerts.alert import AlertState
from ivr.engine.content_version import ContentFiles, ContentVersion, digest_of
from ivr.store.insert import insert_if_absent
from ivr.store.rows import AnyRow
from ivr.store.tables.alerts import alerts
from ivr.store.tables.calls import calls
from ivr.store.tables.content import content_bodies, content_files, content_versions

_NEWEST_FIRST = sa.select(content_versions).order_by(content_versions.c.id.desc())


class SqlContent:
    """The versions."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def live(self) -> ContentVersion | None:
        row = self._connection.execute(_NEWEST_FIRST.limit(1)).first()
        return _version_of(row) if row else None

    def versions(self, limit: int) -> Sequence[ContentVersion]:
        return [_version_of(row) for row in self._connection.execute(_NEWEST_FIRST.limit(limit))]

    def files(self, version: int) -> ContentFiles | None:
        query = (
            sa.select(content_files.c.path, content_bodies.c.body)
            .join_from(content_files, content_bodies)
            .where(content_files.c.version == version)
        )
        found = {row.path: bytes(row.body) for row in self._connection.execute(query)}
        return found or None

    def in_use(self) -> Sequence[int]:
        of_alerts = sa.select(alerts.c.content_version).where(alerts.c.state == AlertState.OPEN)
        of_calls = sa.select(calls.c.content_version).where(calls.c.ended_at.is_(None))
        found = self._connection.execute(sa.union(of_alerts, of_calls)).scalars()
        return sorted(version for version in found if version is not None)

    def add(
        self, files: ContentFiles, author: str, note: str, base: int | None, at: datetime
    ) -> ContentVersion:
        row = {"published_at": at, "author": author, "note": note, "base": base, "digest": digest_of(files)}
        inserted = sa.insert(content_versions).values(row).returning(*content_versions.c)
        version = _version_of(self._connection.execute(inserted).one())
        for path, body in files.items():
            digest = hashlib.sha256(body).hexdigest()
            insert_if_absent(
                self._connection, content_bodies, {"digest": digest, "body": body}, unless=["digest"]
            )
            self._connection.execute(
                sa.insert(content_files), {"version": version.id, "path": path, "body": digest}
            )
        return version


def _version_of(row: AnyRow) -> ContentVersion:
    return ContentVersion(row.id, row.published_at, row.author, row.note, row.base, row.digest)
