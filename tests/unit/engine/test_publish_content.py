"""The bulletin is in nobody's working copy: it stays as it is, and it stands in nobody's way."""

from __future__ import annotations

import pytest

from ivr.engine.bulletin import bulletin_of, with_bulletin, without_bulletin
from ivr.engine.content_version import ContentFiles, ContentVersion
from ivr.engine.publish_content import publish_content, publish_working_copy
from ivr.errors import UsageError
from tests.unit.engine.conftest import Engine

WRITTEN: ContentFiles = {"flows/a.yaml": b"a"}
CHANGED: ContentFiles = {"flows/a.yaml": b"b"}
ON_AIR = with_bulletin(WRITTEN, "en", "Closed.", b"clip", None)


async def publish(engine: Engine, files: ContentFiles, base: int | None, *, exact: bool = False) -> int:
    now, how = engine.clock(), publish_content if exact else publish_working_copy
    version: ContentVersion = await engine.store.write(lambda tx: how(tx, files, "ann", "note", base, now))
    return version.id


async def live_files(engine: Engine, version: int) -> ContentFiles:
    return await engine.store.read(lambda tx: tx.content.files(version)) or {}


async def test_what_is_published_from_files_leaves_the_bulletin_on_the_air(engine: Engine) -> None:
    await publish(engine, WRITTEN, None)
    await publish(engine, ON_AIR, 1, exact=True)
    assert await publish(engine, CHANGED, 2) == 3
    assert await live_files(engine, 3) == {**CHANGED, **bulletin_of(ON_AIR)}


async def test_a_bulletin_since_then_makes_no_working_copy_outdated(engine: Engine) -> None:
    await publish(engine, WRITTEN, None)
    await publish(engine, ON_AIR, 1, exact=True)
    assert await publish(engine, CHANGED, 1) == 3


async def test_anything_else_since_then_does(engine: Engine) -> None:
    await publish(engine, WRITTEN, None)
    recorded = {**ON_AIR, "prompts/en/goodbye.wav": b"clip"}
    await publish(engine, recorded, 1, exact=True)
    with pytest.raises(UsageError, match="version 2 is live"):
        await publish(engine, CHANGED, 1)


async def test_publishing_what_is_live_is_no_new_version_whatever_is_on_the_air(engine: Engine) -> None:
    await publish(engine, WRITTEN, None)
    await publish(engine, ON_AIR, 1, exact=True)
    assert await publish(engine, WRITTEN, 1) == 2


def test_a_new_bulletin_takes_the_place_of_the_old_one_of_its_language() -> None:
    both = with_bulletin(ON_AIR, "es", "Cerrado.", None, None)
    again = with_bulletin(both, "en", "Open again.", None, None)
    assert again == {
        **WRITTEN,
        "bulletin/en/bulletin.yaml": b'text: "Open again."\n',
        "bulletin/es/bulletin.yaml": b'text: "Cerrado."\n',
    }
    assert without_bulletin(again, "en") == with_bulletin(WRITTEN, "es", "Cerrado.", None, None)
    assert without_bulletin(again) == WRITTEN
