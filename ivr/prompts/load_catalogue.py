"""Prompt files become a catalogue, or every complaint about them at once.

A file is `prompts/<language>/<any name>.yaml`:

    prompts:
      overdue-identify:
        tier: anyone
        text: Hello, this is {{ company.name }}.

A recording `prompts/<language>/<prompt name>.wav` is heard instead of speech.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictStr, ValidationError

from ivr.content_file import ContentFile, validate_content, validation_problems
from ivr.errors import ContentError, Problem
from ivr.prompts.catalogue import Catalogue, Prompt, make_prompt
from ivr.prompts.content_tier import ContentTier
from ivr.prompts.languages import LANGUAGES
from ivr.prompts.template import parse_template

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z", re.ASCII)


def _sound_name(name: str) -> str:
    if not _NAME.match(name):
        raise ValueError(f"{name!r} is no name of a prompt; use lower-case words joined by hyphens")
    return name


class PromptFile(BaseModel):
    """One YAML file of prompts in one language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    prompts: Annotated[dict[Annotated[str, AfterValidator(_sound_name)], Any], Field(min_length=1)]
    """By name; each entry is a `PromptEntry`."""


class PromptEntry(BaseModel):
    """One prompt as it is written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: StrictStr
    """The wording: Jinja2 with slots such as `{{ account.amount_due | money }}`."""
    tier: Literal["anyone", "confirmed", "verified"] = "anyone"
    """Who may hear it."""


@dataclass(slots=True)
class _Reading:
    """What has been read so far, and what was wrong with it."""

    clips: Mapping[tuple[str, str], PurePath]
    prompts: dict[str, dict[str, Prompt]] = field(default_factory=dict)
    places: dict[tuple[str, str], str] = field(default_factory=dict)
    """Where each (name, language) was written, `file:line`."""
    problems: list[Problem] = field(default_factory=list)


def load_catalogue(contents: Sequence[ContentFile], clips: Collection[PurePath]) -> Catalogue:
    """Return the catalogue of `contents` and the recordings `clips`, both in folders named by language.

    Raises ContentError with everything that is wrong: unknown languages, fields, filters or tiers, unsound
    Jinja2, a name used twice, a tier that differs between languages, a recording that would never be heard.
    """
    reading = _Reading({(clip.parent.name, clip.stem): clip for clip in clips})
    for content in contents:
        _read_file(content, reading)
    reading.problems.extend(_unheard_clips(reading))
    if reading.problems:
        raise ContentError(reading.problems)
    return Catalogue(reading.prompts)


def _read_file(content: ContentFile, reading: _Reading) -> None:
    language = PurePath(content.file).parent.name
    if language not in LANGUAGES:
        known = ", ".join(sorted(LANGUAGES))
        reading.problems.append(
            content.problem((), f"{language!r} is no language we can say", f"the folders are {known}")
        )
        return
    try:
        entries = validate_content(content, PromptFile).prompts
    except ContentError as error:
        reading.problems.extend(error.problems)
        return
    for name, entry in entries.items():
        _read_entry(content, name, language, entry, reading)


def _read_entry(content: ContentFile, name: str, language: str, entry: Any, reading: _Reading) -> None:
    path = ("prompts", name)
    try:
        written = PromptEntry.model_validate(entry)
    except ValidationError as error:
        reading.problems.extend(validation_problems(content, error, path))
        return
    try:
        template = parse_template(written.text, language)
        clip = reading.clips.get((language, name))
        prompt = make_prompt(name, ContentTier[written.tier.upper()], template, clip)
    except ValueError as error:
        wrong, _, right = str(error).partition("; ")
        reading.problems.append(content.problem((*path, "text"), wrong, right or "mend the wording"))
        return
    reading.problems.extend(_clashes(content, prompt, language, reading))
    reading.prompts.setdefault(name, {})[language] = prompt
    reading.places[name, language] = f"{content.file}:{content.line_of(path)}"


def _clashes(content: ContentFile, prompt: Prompt, language: str, reading: _Reading) -> Iterator[Problem]:
    """Yield what does not go together with prompts that were read before."""
    path = ("prompts", prompt.name)
    if place := reading.places.get((prompt.name, language)):
        yield content.problem(path, f"this prompt is there already, at {place}", "keep one of the two")
    for other_language, other in reading.prompts.get(prompt.name, {}).items():
        if other.tier != prompt.tier:
            place = reading.places[prompt.name, other_language]
            yield content.problem(
                (*path, "tier"),
                f"the tier is {prompt.tier.name.lower()}, but {other.tier.name.lower()} at {place}",
                "give a prompt the same tier in all languages",
            )


def _unheard_clips(reading: _Reading) -> Iterator[Problem]:
    for (language, name), clip in reading.clips.items():
        prompt = reading.prompts.get(name, {}).get(language)
        if prompt is None:
            yield Problem(
                str(clip),
                None,
                "",
                f"no prompt of this folder is called {name!r}",
                "name the recording after its prompt",
            )
        elif prompt.template.variables:
            yield Problem(
                str(clip),
                None,
                "",
                f"the prompt {name!r} has slots, which no recording can fill",
                "remove the recording or the slots",
            )
