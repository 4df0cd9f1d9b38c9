"""What is recorded by telephone goes live as a version of its own, or changes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from ivr.calls.call_result import CallResult
from ivr.engine.content_version import ContentFiles, ContentVersion
from ivr.engine.find_prompt import find_prompt
from ivr.engine.host import Host
from ivr.engine.keep_recording import clear_bulletin, keep_recording
from ivr.engine.publish_content import publish_content
from ivr.errors import Problem, RecordingError
from ivr.flows.effects import ClearBulletin, FindPrompt, KeepRecording
from ivr.prompts.recordable import number_of
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import ScriptedCall, report

GOODBYE = number_of("goodbye")
TAKE = "0" * 32
PUBLISHED: ContentFiles = {"prompts/en/common.yaml": b"the words"}


def host(engine: Engine) -> Host:
    call = ScriptedCall("call-1", report("call-1", engine.clock(), CallResult.ANSWERED))
    return Host(engine.world, engine.contents, call)


async def published(engine: Engine) -> ContentVersion:
    now = engine.clock()
    return await engine.store.write(lambda tx: publish_content(tx, PUBLISHED, "ann", "first", None, now))


async def live(engine: Engine) -> tuple[ContentVersion, ContentFiles]:
    version = await engine.store.read(lambda tx: tx.content.live())
    assert version is not None
    return version, await engine.store.read(lambda tx: tx.content.files(version.id)) or {}


async def keep(engine: Engine, number: str = GOODBYE, language: str = "en", hours: int | None = None) -> str:
    effect = KeepRecording(1, TAKE, number, language, hours)
    return (await keep_recording(host(engine), effect)).result


async def test_a_prompt_is_heard_as_recorded_from_then_on(engine: Engine) -> None:
    first = await published(engine)
    assert await keep(engine, language="es") == "kept"
    version, files = await live(engine)
    assert files == {**PUBLISHED, "prompts/es/goodbye.wav": b"a prompt"}
    assert (version.author, version.note, version.base) == (
        "studio",
        "goodbye (es) recorded by phone",
        first.id,
    )
    assert engine.studio.checked == [files]


async def test_the_same_again_is_no_new_version(engine: Engine) -> None:
    await published(engine)
    assert [await keep(engine), await keep(engine)] == ["kept", "kept"]
    assert (await live(engine))[0].id == 2


@pytest.mark.parametrize("hours", [None, 12])
async def test_the_bulletin_goes_on_the_air_for_as_long_as_wanted(engine: Engine, hours: int | None) -> None:
    await published(engine)
    assert await keep(engine, "0", hours=hours) == "kept"
    _, files = await live(engine)
    assert files["bulletin/en/bulletin.wav"] == b"a prompt"
    written = files["bulletin/en/bulletin.yaml"].decode()
    assert written.startswith("text: \"We have an announcement that we can't play right now.")
    until = (engine.clock() + timedelta(hours=12)).isoformat()
    assert (f"until: {until}" in written) == (hours is not None)


async def test_it_is_taken_off_again_language_by_language(engine: Engine) -> None:
    await published(engine)
    await keep(engine, "0", "en")
    await keep(engine, "0", "es")
    effect = ClearBulletin(2, "en")
    assert (await clear_bulletin(host(engine), effect)).result == "done"
    assert (await clear_bulletin(host(engine), effect)).result == "nothing"
    version, files = await live(engine)
    assert [path for path in files if path.startswith("bulletin/")] == [
        "bulletin/es/bulletin.wav",
        "bulletin/es/bulletin.yaml",
    ]
    assert (version.author, version.note) == ("studio", "bulletin (en) taken off by phone")


async def test_what_is_no_speech_is_refused(engine: Engine) -> None:
    await published(engine)
    engine.studio.prompt = None
    assert await keep(engine) == "refused"
    assert (await live(engine))[0].id == 1


@pytest.mark.parametrize("why", ["number", "language", "content", "unpublished", "lost"])
async def test_what_can_not_be_published_changes_nothing(
    engine: Engine, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(name: str) -> None:
        raise RecordingError("it is not there")

    if why != "unpublished":
        await published(engine)
    if why == "content":
        engine.studio.problems = [Problem("prompts/en/goodbye.wav", None, "", "it is wrong", "mend it")]
    if why == "lost":
        monkeypatch.setattr(engine.recordings, "file", lost)
    number = "999" if why == "number" else GOODBYE
    with capture_logs() as logs:
        assert await keep(engine, number, "de" if why == "language" else "en") == "failed"
    assert [entry["log_level"] for entry in logs] == ["warning" if why in ("number", "language") else "error"]
    if why != "unpublished":
        assert (await live(engine))[0].id == 1


async def test_whoever_publishes_meanwhile_is_not_overwritten(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    await published(engine)
    check, others = engine.studio.check, {**PUBLISHED, "flows/new.yaml": b"theirs"}

    async def slow_check(files: ContentFiles) -> None:
        await check(files)
        if len(engine.studio.checked) == 1:
            now = engine.clock()
            await engine.store.write(lambda tx: publish_content(tx, others, "ben", "meanwhile", 1, now))

    monkeypatch.setattr(engine.studio, "check", slow_check)
    assert await keep(engine) == "kept"
    version, files = await live(engine)
    assert (version.id, files) == (3, {**others, "prompts/en/goodbye.wav": b"a prompt"})


async def test_a_prompt_is_found_by_its_number(engine: Engine) -> None:
    found = find_prompt(engine.contents.live, FindPrompt(1, GOODBYE, "fr"))
    assert (found.result, found.values) == (
        "found",
        {"name": "goodbye", "words": "Merci. Au revoir.", "is_recorded": False},
    )


@pytest.mark.parametrize("number", ["0", "999", number_of("overdue-identify")])
async def test_what_can_not_be_recorded_is_unknown(engine: Engine, number: str) -> None:
    assert find_prompt(engine.contents.live, FindPrompt(1, number, "en")).result == "unknown"
