"""Speech that is made ahead, with a bar that grows."""

from __future__ import annotations

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from ivr.app.speech import engines_of, speech_of
from ivr.cli.context import ui
from ivr.engine.content import Content
from ivr.engine.render_ahead import render_ahead
from ivr.errors import SpeechError
from ivr.prompts.segment import Segment
from ivr.settings import Settings
from ivr.speech.health import check_health
from ivr.speech.voice import Voice


async def render_segments(
    settings: Settings, content: Content, segments: list[Segment], *, as_json: bool
) -> tuple[list[str], list[str]]:
    """Make every sound that is not there yet; return what is wrong with engines, and with texts.

    Raises SpeechError when no engine can speak.
    """
    catalogue = content.catalogue
    languages = sorted({language for name in catalogue.names() for language in catalogue.languages(name)})
    unwell: list[str] = []
    for name, engine in engines_of(settings).items():
        complaints = [await check_health(engine, Voice(language)) for language in languages]
        unwell += [f"{name} is unwell: {complaint}" for complaint in complaints if complaint]
        await engine.close()
    if len(unwell) == len(languages) * len(settings.speech.engines):
        raise SpeechError("; ".join(unwell))
    speech = speech_of(settings)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    try:
        with Progress(*columns, console=ui, transient=as_json) as bars:
            bar = bars.add_task("Rendering", total=len(segments))
            return unwell, await render_ahead(speech, segments, lambda: bars.advance(bar))
    finally:
        await speech.close()
