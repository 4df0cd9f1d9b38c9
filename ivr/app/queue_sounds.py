"""The sounds of the queues' announcements: made of our prompts, put where Asterisk looks for them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path

import structlog

from ivr.engine.content import Content
from ivr.errors import FlowError, SpeechError
from ivr.prompts.languages import LANGUAGES
from ivr.prompts.queue_sounds import SENTENCES, channel_language, number_sounds
from ivr.prompts.segment import Segment, TextSegment
from ivr.settings import Settings
from ivr.speech.audio import join_telephone_audio
from ivr.speech.speech import Speech

log = structlog.get_logger()


def tells_places(settings: Settings) -> bool:
    """Say whether some queue tells callers their place in it."""
    return any(queue.announce_position for queue in settings.queues)


async def put_queue_sounds(speech: Speech, content: Content, folder: Path) -> None:
    """Make them in every language, each file whole before it is in its place.

    What can't be said is logged, and left to Asterisk's own voice.
    """
    for language in LANGUAGES:
        for name, segments in _sounds(content, language):
            try:
                files = [await speech.render(segment) for segment in segments]
                file = folder / channel_language(language) / f"{name}.wav"
                await asyncio.to_thread(_put, files, file)
            except (SpeechError, OSError) as error:
                log.error("a sound of a queue can't be made", sound=name, language=language, error=str(error))  # noqa: TRY400


def _sounds(content: Content, language: str) -> Iterator[tuple[str, Sequence[Segment]]]:
    for name, prompt in SENTENCES.items():
        try:
            yield name, content.catalogue.render(prompt, language, {})
        except FlowError as error:
            log.error("a prompt of a queue can't be said", prompt=prompt, language=language, error=str(error))  # noqa: TRY400
    for name, words in number_sounds(language).items():
        yield name, (TextSegment(words, language),)


def _put(files: Sequence[Path], target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = target.with_suffix(".part")
    join_telephone_audio(files, unfinished)
    unfinished.replace(target)
