"""What was recorded by telephone becomes what callers hear: a prompt's sound, or the bulletin."""

from __future__ import annotations

from datetime import timedelta

import structlog

from ivr.engine.bulletin import bulletin_of, with_bulletin, without_bulletin
from ivr.engine.content import Content
from ivr.engine.content_version import ContentFiles
from ivr.engine.find_prompt import prompt_of_number
from ivr.engine.host import Host
from ivr.engine.revise_content import Change, revise_content
from ivr.errors import ContentError, FlowError, RecordingError, SpeechError, UsageError
from ivr.flows.effects import ClearBulletin, KeepRecording
from ivr.flows.events import EffectDone
from ivr.prompts.recordable import BULLETIN_NUMBER

log = structlog.get_logger()

AUTHOR = "studio"
INSTEAD = "bulletin-instead"
"""The prompt that says, in words, that there is a bulletin, should its recording not be playable."""


async def keep_recording(host: Host, effect: KeepRecording) -> EffectDone:
    """Publish a recording as the studio's work; `refused` when it is no speech-length sound."""
    world = host.world
    try:
        clip = await world.studio.as_prompt(world.recordings.file(effect.recording))
    except SpeechError as error:
        log.info("a recording is refused", call=host.call.call_id, why=str(error))
        return EffectDone(effect.effect_id, "refused")
    except RecordingError as error:
        log.error("a recording is lost", call=host.call.call_id, error=str(error))  # noqa: TRY400
        return EffectDone(effect.effect_id, "failed")
    found = _change(host.contents.live, effect, clip, host)
    is_live = found is not None and await _published(host, *found)
    return EffectDone(effect.effect_id, "kept" if is_live else "failed")


async def clear_bulletin(host: Host, effect: ClearBulletin) -> EffectDone:
    """Take the bulletin of a language off the air."""
    there = False

    def change(files: ContentFiles) -> ContentFiles:
        nonlocal there
        there = bulletin_of(files) != bulletin_of(changed := without_bulletin(files, effect.language))
        return changed

    if not await _published(host, change, f"bulletin ({effect.language}) taken off by phone"):
        return EffectDone(effect.effect_id, "failed")
    return EffectDone(effect.effect_id, "done" if there else "nothing")


def _change(content: Content, effect: KeepRecording, clip: bytes, host: Host) -> tuple[Change, str] | None:
    """Return what becomes of the live files, and what is noted about it; None for a number of nothing."""
    language = effect.language
    if effect.number == BULLETIN_NUMBER:
        until = None if effect.hours is None else host.world.clock() + timedelta(hours=effect.hours)
        words = _words_instead(content, language)
        return (
            lambda files: with_bulletin(files, language, words, clip, until),
            f"bulletin ({language}) recorded by phone",
        )
    prompt = prompt_of_number(content, effect.number, language)
    if prompt is None:
        log.warning("no prompt has the keyed number any more", call=host.call.call_id)
        return None
    path = f"prompts/{language}/{prompt.name}.wav"
    return lambda files: {**files, path: clip}, f"{prompt.name} ({language}) recorded by phone"


def _words_instead(content: Content, language: str) -> str:
    try:
        return " ".join(segment.text for segment in content.catalogue.render(INSTEAD, language, {}))
    except FlowError:
        return "There is an announcement."


async def _published(host: Host, change: Change, note: str) -> bool:
    world = host.world
    try:
        version = await revise_content(world.store, world.studio.check, change, AUTHOR, note, world.clock)
    except (ContentError, UsageError) as error:
        log.error("nothing could be published", call=host.call.call_id, error=str(error))  # noqa: TRY400
        return False
    log.info("published by phone", call=host.call.call_id, version=version.id, note=note)
    return True
