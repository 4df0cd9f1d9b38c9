"""What is written of a prompt becomes its parts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from jinja2 import Environment

from ivr.prompts.content_tier import ContentTier
from ivr.prompts.core_sounds import why_no_clips
from ivr.prompts.part import ClipsPart, Part, RecordedPart, Speaker, SpokenPart
from ivr.prompts.policy import TtsPolicy
from ivr.prompts.prompt import Prompt
from ivr.prompts.prompt_file import PromptEntry, SegmentEntry
from ivr.prompts.segment import ClipSegment
from ivr.prompts.template import parse_template

_SLOT = re.compile(r"[^{}%]+\|\s*(?P<kind>[a-z]+)\s*\Z")
_LEXER = Environment(autoescape=False)  # noqa: S701 - only takes wording apart, renders nothing


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a prompt's parts need of its language."""

    language: str
    tier: ContentTier
    """The prompt's own."""
    recordings: Mapping[str, PurePath]
    """By the prompt's name."""
    prompts: Mapping[str, Prompt]
    """Those that `clip` segments can name: prompts of this language that are written by `text`."""


def build_parts(name: str, entry: PromptEntry, speaker: Speaker, around: Surroundings) -> Sequence[Part]:
    """Return the parts of a prompt; raises ValueError, `what is wrong; what would be right`."""
    recording = around.recordings.get(name)
    if entry.text is not None:
        return [_text(entry.text, speaker, around, recording, f"there is no {name}.wav")]
    parts = [part for written in entry.segments or () for part in _segment(written, entry, speaker, around)]
    if recording is None or any(part.variables for part in parts):
        return parts
    words = " ".join(segment.text for part in parts for segment in part.render({}))
    return [_recorded(recording, words, speaker, around)]


def has_fixed_words(text: str) -> bool:
    """Return whether wording says more than its slots: a letter or a digit outside of them."""
    tokens = _LEXER.lex(text)
    return any(kind == "data" and re.search(r"[^\W_]", value) for _, kind, value in tokens)


def _segment(
    written: SegmentEntry, entry: PromptEntry, speaker: Speaker, around: Surroundings
) -> Sequence[Part]:
    if written.clip is not None:
        return _clip(written.clip, around)
    if written.text is not None:
        return [_text(written.text, speaker, around, None, "a text segment; only a clip can be recorded")]
    slot = written.slot or ""
    found = _SLOT.match(slot)
    if found is None:
        raise ValueError(f"{slot!r} is no slot; write `variable | filter`, as account.amount_due | money")
    template = parse_template(f"{{{{ {slot} }}}}", around.language)
    why_spoken: str | None = "`slots: speech`"
    if entry.slots == "recorded":
        is_never_spoken = entry.tts is TtsPolicy.NEVER
        why_spoken = why_no_clips(found["kind"], around.language, for_any_value=is_never_spoken)
    if why_spoken is None:
        return [ClipsPart(slot, found["kind"], template, speaker)]
    return [SpokenPart(slot, template, speaker, why_spoken, has_fixed_words=False)]


def _clip(name: str, around: Surroundings) -> Sequence[Part]:
    prompt = around.prompts.get(name)
    if prompt is None:
        right = "write it in this language, by `text`"
        raise ValueError(f"there is no prompt {name!r} that could be recorded; {right}")
    if prompt.tier > around.tier:
        tier = prompt.tier.name.lower()
        raise ValueError(f"the prompt {name!r} is for more trusted listeners; make this one {tier}, too")
    if prompt.variables:
        raise ValueError(f"the prompt {name!r} has slots, which no recording can fill; name one without")
    return prompt.parts


def _text(
    text: str, speaker: Speaker, around: Surroundings, recording: PurePath | None, why_spoken: str
) -> Part:
    template = parse_template(text, around.language)
    if template.variables:
        return SpokenPart(text, template, speaker, "it has slots", has_fixed_words(text))
    words = " ".join(template.sentences({}))
    if recording is not None and words:
        return _recorded(recording, words, speaker, around)
    return SpokenPart(words, template, speaker, why_spoken)


def _recorded(file: PurePath, words: str, speaker: Speaker, around: Surroundings) -> RecordedPart:
    pronounced = speaker.lexicon.pronounced(words)
    return RecordedPart(ClipSegment(file, words, around.language, speaker.voice, pronounced))
