"""Prompt files, lexicons and recordings become a catalogue, or every complaint about them at once.

`prompts/<language>/` holds YAML files of prompts (see `prompt_file`), `lexicon.yaml`, and the recordings
`<prompt name>.wav`, which are heard instead of speech. An answer of `answers.yaml` is a prompt of its name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from pydantic import ValidationError

from ivr.content_file import ContentFile, validate_content, validation_problems
from ivr.errors import ContentError, Problem
from ivr.prompts.answers_file import ANSWERS_NAME, AnswersFile
from ivr.prompts.build_parts import Surroundings, build_parts
from ivr.prompts.catalogue import Catalogue
from ivr.prompts.content_tier import ContentTier
from ivr.prompts.languages import LANGUAGES
from ivr.prompts.lexicon import LEXICON_NAME, NO_LEXICON, Lexicon, LexiconFile
from ivr.prompts.part import Speaker
from ivr.prompts.policy import check_policy
from ivr.prompts.prompt import Prompt, make_prompt
from ivr.prompts.prompt_file import PromptEntry, PromptFile


@dataclass(frozen=True, slots=True)
class _Written:
    """A prompt as it was written, and where."""

    content: ContentFile
    language: str
    name: str
    entry: PromptEntry
    question: str | None = None
    """Of an answer; None: it is a prompt like any other."""

    @property
    def path(self) -> tuple[str, str]:
        return ("prompts" if self.question is None else "answers", self.name)

    @property
    def wording_field(self) -> str:
        if self.question is not None:
            return "answer"
        return "segments" if self.entry.text is None else "text"

    @property
    def place(self) -> str:
        """`file:line`."""
        return f"{self.content.file}:{self.content.line_of(self.path)}"

    @property
    def tier(self) -> ContentTier:
        return ContentTier[self.entry.tier.upper()]


@dataclass(slots=True)
class _Reading:
    """What has been read so far, and what was wrong with it."""

    clips: Mapping[str, Mapping[str, PurePath]]
    """By language and name."""
    lexicons: dict[str, Lexicon] = field(default_factory=dict)
    written: dict[tuple[str, str], _Written] = field(default_factory=dict)
    """By language and name."""
    by_name: dict[str, list[_Written]] = field(default_factory=lambda: defaultdict(list))
    """The same, in all languages."""
    prompts: dict[str, dict[str, Prompt]] = field(default_factory=dict)
    """By name and language."""
    texts: dict[str, dict[str, Prompt]] = field(default_factory=lambda: defaultdict(dict))
    """By language and name: those that are written by `text`."""
    names: set[str] = field(default_factory=set)
    """Of every prompt that was written, usable or not."""
    problems: list[Problem] = field(default_factory=list)
    speakers: dict[tuple[str, str], Speaker] = field(default_factory=dict)
    """By language and voice."""

    def speaker(self, language: str, voice: str) -> Speaker:
        """Return the one speaker of a voice; to be called when all lexicons are read."""
        if (language, voice) not in self.speakers:
            lexicon = self.lexicons.get(language, NO_LEXICON)
            self.speakers[language, voice] = Speaker(language, lexicon, voice)
        return self.speakers[language, voice]


def load_catalogue(contents: Sequence[ContentFile], clips: Collection[PurePath]) -> Catalogue:
    """Return the catalogue of `contents` and the recordings `clips`, both in folders named by language.

    Raises ContentError with everything that is wrong; see `read_catalogue`.
    """
    catalogue, problems = read_catalogue(contents, clips)
    if problems:
        raise ContentError(problems)
    return catalogue


def read_catalogue(
    contents: Sequence[ContentFile], clips: Collection[PurePath]
) -> tuple[Catalogue, Sequence[Problem]]:
    """Return what can be used of the prompts and recordings, and everything that is wrong with the others.

    Wrong are unknown languages, fields, filters or tiers, unsound Jinja2, a name used twice, a tier that
    differs between languages, wording that its TTS policy forbids, a recording that would never be heard.
    """
    by_language: dict[str, dict[str, PurePath]] = defaultdict(dict)
    for clip in clips:
        by_language[clip.parent.name][clip.stem] = clip
    reading = _Reading(by_language)
    for content in contents:
        _read_file(content, reading)
    # Clips of other prompts are named by their words, so that these come first.
    for written in sorted(reading.written.values(), key=lambda written: written.entry.text is None):
        _build(written, reading)
    reading.problems.extend(_unheard_clips(reading))
    questions: dict[str, dict[str, str]] = defaultdict(dict)
    for (language, name), written in reading.written.items():
        if written.question is not None:
            questions[name][language] = written.question
    return Catalogue(reading.prompts, reading.names, questions), reading.problems


def _read_file(content: ContentFile, reading: _Reading) -> None:
    file = PurePath(content.file)
    language = file.parent.name
    if language not in LANGUAGES:
        known = ", ".join(sorted(LANGUAGES))
        reading.problems.append(
            content.problem((), f"{language!r} is no language we can say", f"the folders are {known}")
        )
        return
    try:
        if file.stem == LEXICON_NAME:
            reading.lexicons[language] = Lexicon(validate_content(content, LexiconFile).words)
            return
        if file.stem == ANSWERS_NAME:
            reading.names.update(map(str, _mapping(content.data.get("answers"))))
            for name, answer in validate_content(content, AnswersFile).answers.items():
                as_prompt = PromptEntry(text=answer.answer, tier=answer.tier)
                _keep(_Written(content, language, name, as_prompt, answer.question), reading)
            return
        reading.names.update(map(str, _mapping(content.data.get("prompts"))))
        entries = validate_content(content, PromptFile).prompts
    except ContentError as error:
        reading.problems.extend(error.problems)
        return
    for name, entry in entries.items():
        _read_entry(content, language, name, entry, reading)


def _mapping(value: object) -> Mapping[Any, Any]:
    return value if isinstance(value, Mapping) else {}


def _read_entry(content: ContentFile, language: str, name: str, data: Any, reading: _Reading) -> None:
    try:
        entry = PromptEntry.model_validate(data)
    except ValidationError as error:
        reading.problems.extend(validation_problems(content, error, ("prompts", name)))
        return
    _keep(_Written(content, language, name, entry), reading)


def _keep(written: _Written, reading: _Reading) -> None:
    key = (written.language, written.name)
    if before := reading.written.get(key):
        wrong = f"this prompt is there already, at {before.place}"
        reading.problems.append(written.content.problem(written.path, wrong, "keep one of the two"))
        return
    reading.problems.extend(_other_tiers(written, reading))
    reading.written[key] = written
    reading.by_name[written.name].append(written)


def _build(written: _Written, reading: _Reading) -> None:
    language, name, entry = written.language, written.name, written.entry
    recordings = reading.clips.get(language, {})
    around = Surroundings(language, written.tier, recordings, reading.texts[language])
    try:
        parts = build_parts(name, entry, reading.speaker(language, entry.voice), around)
        prompt = make_prompt(name, language, written.tier, entry.tts, parts, written.place)
    except ValueError as error:
        reading.problems.append(_problem(written, written.wording_field, str(error), "mend the wording"))
        return
    complaints = check_policy(entry.tts, parts)
    reading.problems.extend(_problem(written, "tts", complaint, "") for complaint in complaints)
    reading.prompts.setdefault(name, {})[language] = prompt
    if entry.text is not None:
        reading.texts[language][name] = prompt


def _problem(written: _Written, field_name: str, complaint: str, otherwise: str) -> Problem:
    wrong, _, right = complaint.partition("; ")
    return written.content.problem((*written.path, field_name), wrong, right or otherwise)


def _other_tiers(written: _Written, reading: _Reading) -> Iterator[Problem]:
    """Yield what the prompt's tier is in other languages, where that is not the same."""
    for other in reading.by_name[written.name]:
        if other.tier != written.tier:
            yield written.content.problem(
                (*written.path, "tier"),
                f"the tier is {written.entry.tier}, but {other.entry.tier} at {other.place}",
                "give a prompt the same tier in all languages",
            )


def _unheard_clips(reading: _Reading) -> Iterator[Problem]:
    found = ((language, *clip) for language, clips in reading.clips.items() for clip in clips.items())
    for language, name, clip in found:
        written = reading.written.get((language, name))
        prompt = reading.prompts.get(name, {}).get(language)
        if written is None:
            wrong = f"no prompt of this folder is called {name!r}"
            yield Problem(str(clip), None, "", wrong, "name the recording after its prompt")
        elif prompt is not None and prompt.variables:
            wrong = f"the prompt {name!r} has slots, which no recording can fill"
            yield Problem(str(clip), None, "", wrong, "remove the recording or the slots")
