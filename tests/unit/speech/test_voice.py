"""A voice that an engine lacks never costs words."""

from __future__ import annotations

import pytest

from ivr.speech.voice import Voice, engine_voice

VOICES = {"es": "mx-ana", "es/announcer": "mx-luis"}


@pytest.mark.parametrize(
    ("voice", "own"),
    [
        (Voice("es"), "mx-ana"),
        (Voice("es", "announcer"), "mx-luis"),
        (Voice("es", "unheard-of"), "mx-ana"),
        (Voice("fr"), "fr"),
        (Voice("fr", "announcer"), "fr"),
    ],
)
def test_the_nearest_voice_speaks(voice: Voice, own: str) -> None:
    assert engine_voice(VOICES, voice) == own
