"""Rules and calling hours from files: all of them are right, or every problem is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from pydantic import BaseModel

from ivr.calling_hours import CallingHours
from ivr.content_file import ContentFile, validate_content
from ivr.errors import ContentError, Problem
from ivr.rules.rule import Rule

Named = TypeVar("Named", bound=BaseModel)


def load_rules(contents: Sequence[ContentFile]) -> tuple[Rule, ...]:
    """Return the rules in the order of `contents`; raises ContentError with every problem of all files."""
    return load_named(contents, Rule)


def load_rule(content: ContentFile) -> Rule:
    """Return one rule; raises ContentError with every problem."""
    return validate_content(content, Rule)


def load_hours(contents: Sequence[ContentFile]) -> tuple[CallingHours, ...]:
    """Return the calling hours in the order of `contents`; raises ContentError with every problem."""
    return load_named(contents, CallingHours)


def load_named(contents: Sequence[ContentFile], model: type[Named]) -> tuple[Named, ...]:
    """Return each file as `model`, which has a `name`; two alike are a problem too."""
    loaded: list[Named] = []
    problems: list[Problem] = []
    first_file: dict[str, str] = {}
    for content in contents:
        name = content.data.get("name")
        if isinstance(name, str) and first_file.setdefault(name, content.file) != content.file:
            wrong = f"{name!r} is the name of {first_file[name]} as well"
            problems.append(content.problem(("name",), wrong, "give each a name of its own"))
        try:
            loaded.append(validate_content(content, model))
        except ContentError as error:
            problems.extend(error.problems)
    if problems:
        raise ContentError(problems)
    return tuple(loaded)
