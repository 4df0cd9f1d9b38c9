"""When a prompt may be spoken by text-to-speech. A recorded file always wins over speech."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from ivr.prompts.part import Part, Sound


class TtsPolicy(StrEnum):
    """What a prompt promises its listeners. It is kept when content is checked, not on a call.

    On a call, words come first: a recording that turns out to be broken is spoken and reported, whatever the
    policy says.
    """

    NEVER = "never"
    """Recordings only: every word has to be recorded, and slots have to be said from clips."""
    SLOTS = "slots"
    """Every fixed word has to be recorded; only what fills a slot may be spoken."""
    FALLBACK = "fallback"
    """Recordings are played where there are any, and speech says the rest."""
    ALWAYS = "always"
    """Speech says it all: a recording of it would be a mistake."""


def check_policy(policy: TtsPolicy, parts: Sequence[Part]) -> Iterator[str]:
    """Yield what contradicts `policy`: `what is wrong; what would be right`."""
    for part in parts:
        if part.sound is Sound.SPEECH:
            if policy is TtsPolicy.NEVER or (policy is TtsPolicy.SLOTS and part.has_fixed_words):
                yield f"{part.wording!r} would be spoken ({part.why}); record it, or choose `tts: fallback`"
        elif policy is TtsPolicy.ALWAYS:
            yield f"{part.wording!r} would not be spoken ({part.why}); remove that, or choose `tts: fallback`"
