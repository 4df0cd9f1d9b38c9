"""What pages behind links say: `pages/<language>.yaml` becomes words, or every complaint about it at once.

language: en
about:
  payments: A payment of {{ account.amount_due | money }} was due on {{ account.due_on | date }}.
  otherwise: We have something to tell you.
words:
  identify: This message is for {{ customer.name }}. Is that you?
  …
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictStr, field_validator, model_validator

from ivr.content_file import ContentFile, Path, validate_content
from ivr.errors import ContentError, Problem
from ivr.messages.page_vocabulary import DETAIL_WORDS, OPEN_WORDS, VALUES, known_to
from ivr.messages.wording import Wording, parse_wording
from ivr.messages.written_forms import WRITTEN
from ivr.prompts.languages import DEFAULT_LANGUAGE

OTHERWISE = "otherwise"
"""What a page is about whose topic has no sentence of its own."""

Sentence = Annotated[StrictStr, Field(min_length=1, max_length=1000)]


class PageFile(BaseModel):
    """One language's words, as they are written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    language: StrictStr
    about: dict[StrictStr, Sentence]
    """By topic: what it is about, said to somebody who may know it."""
    words: dict[StrictStr, Sentence]

    @field_validator("language")
    @classmethod
    def _is_written(cls, language: str) -> str:
        if language not in WRITTEN:
            raise ValueError(f"{language!r} is no language we write; use {', '.join(WRITTEN)}")
        return language

    @model_validator(mode="after")
    def _has_a_sentence_for_every_topic(self) -> PageFile:
        if OTHERWISE not in self.about:
            raise ValueError("a topic without a sentence of its own has none; add `otherwise` to `about`")
        return self


@dataclass(frozen=True, slots=True)
class PageWords:
    """All that pages say in one language."""

    language: str
    version: str
    """A hash of its wording: what an answer was given to."""
    _about: Mapping[str, Wording]
    _words: Mapping[str, Wording]

    def say(self, word: str, variables: Mapping[str, object]) -> str:
        """Return a word with its slots filled; raises ValueError for a variable that is missing."""
        return self._words[word].render(variables)

    def about(self, topic: str | None, variables: Mapping[str, object]) -> str:
        """Return what a topic is about; raises ValueError for a variable that is missing."""
        return self._about.get(topic or OTHERWISE, self._about[OTHERWISE]).render(variables)


def words_in(pages: Mapping[str, PageWords], language: str) -> PageWords | None:
    """Return the words of a language, or of the one that stands in for it; None where there are no pages."""
    return pages.get(language, pages.get(DEFAULT_LANGUAGE))


def load_page_words(contents: Sequence[ContentFile]) -> Mapping[str, PageWords]:
    """Return the words by language; raises ContentError with everything that is wrong.

    Wrong are words that are missing or not known, unsound wording, account details before anybody is known,
    two files of one language, and no file of the language that stands in for others.
    """
    found: dict[str, PageWords] = {}
    problems: list[Problem] = []
    for content in contents:
        try:
            written = validate_content(content, PageFile)
        except ContentError as error:
            problems.extend(error.problems)
            continue
        if written.language in found:
            wrong = f"pages in {written.language!r} are there already"
            problems.append(content.problem(("language",), wrong, "keep one of the two files"))
        words, complaints = _words_of(content, written)
        problems.extend(complaints)
        found[written.language] = words
    if contents and not problems and DEFAULT_LANGUAGE not in found:
        wrong = f"{DEFAULT_LANGUAGE!r}, which stands in for other languages, is missing"
        problems.append(contents[0].problem(("language",), wrong, f"write pages/{DEFAULT_LANGUAGE}.yaml"))
    if problems:
        raise ContentError(problems)
    return found


def _words_of(content: ContentFile, written: PageFile) -> tuple[PageWords, list[Problem]]:
    problems = list(_names(content, written))
    about, words = {}, {}
    for topic, text in written.about.items():
        place: Path = ("about", topic)
        about[topic] = _wording(content, place, text, written.language, known_to("about"), problems)
    for name, text in written.words.items():
        known = known_to(name)
        words[name] = _wording(content, ("words", name), text, written.language, known, problems)
    return PageWords(written.language, _version(written), _sound(about), _sound(words)), problems


def _names(content: ContentFile, written: PageFile) -> Iterator[Problem]:
    wanted = OPEN_WORDS | DETAIL_WORDS
    for name in sorted(set(written.words) - wanted):
        yield content.problem(("words", name), "no page says this", "take it out")
    for name in sorted(wanted - set(written.words)):
        yield content.problem(("words",), f"{name!r} is missing", "write what the page says there")


def _wording(
    content: ContentFile,
    place: Path,
    text: str,
    language: str,
    known: frozenset[str],
    problems: list[Problem],
) -> Wording | None:
    try:
        wording = parse_wording(text, language)
    except ValueError as error:
        wrong, _, right = str(error).partition("; ")
        problems.append(content.problem(place, wrong, right or "mend the wording"))
        return None
    for variable in sorted(wording.variables - known):
        wrong = f"this page can't tell of {variable!r} here"
        problems.append(content.problem(place, wrong, f"use one of {', '.join(sorted(known))}"))
    return wording


def _sound(wordings: Mapping[str, Wording | None]) -> Mapping[str, Wording]:
    return {name: wording for name, wording in wordings.items() if wording is not None}


def _version(written: PageFile) -> str:
    return sha256(written.model_dump_json().encode()).hexdigest()[:16]


__all__ = ["OTHERWISE", "VALUES", "PageFile", "PageWords", "load_page_words", "words_in"]
