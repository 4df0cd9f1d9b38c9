"""What a customer would hear of a played call, as one sound."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ivr.app.speech import speech_of
from ivr.flows.player.talk import Heard, TalkStep
from ivr.settings import Settings
from ivr.speech.call_audio import Stretch, write_call_audio

_CUT_AFTER = 1.0
"""Seconds of a speech that a key cuts in on, as its audio has it."""


async def write_sound(settings: Settings, talk: Sequence[TalkStep], target: Path) -> None:
    """Speak what is said in a talk into a WAV file."""
    stretches = []
    for step in talk:
        if isinstance(step, Heard):
            stretches.append(Stretch(step.say.segments, _CUT_AFTER if step.is_cut else None))
        elif step.kind == "stays_silent" and isinstance(step.value, float):
            stretches.append(Stretch(seconds=step.value))
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    speech = speech_of(settings)
    try:
        await write_call_audio(speech, stretches, target)
    finally:
        await speech.close()
