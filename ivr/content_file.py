"""YAML that people write: parsed with the line of every field, validated all at once.

Flows, rules, prompts and people all come in through here, so that every complaint reads alike.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from ivr.errors import ContentError, Problem
from ivr.misfit import explain, names_at

Path = tuple[str | int, ...]
"""Keys and indexes from the file's top to a value."""

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class ContentFile:
    """A YAML file as plain data, with the line of each value."""

    file: str
    """As a person would name it, for complaints."""
    data: Mapping[str, Any]
    lines: Mapping[Path, int] = field(repr=False)

    def line_of(self, path: Path) -> int | None:
        """Return the line (from 1) of the value at `path`, or of the nearest thing around it."""
        for length in range(len(path), -1, -1):
            if (line := self.lines.get(path[:length])) is not None:
                return line
        return None

    def problem(self, path: Path, wrong: str, right: str) -> Problem:
        """Return a complaint about the value at `path`."""
        return Problem(self.file, self.line_of(path), ".".join(map(str, path)), wrong, right)


class _LineLoader(yaml.CSafeLoader):
    """Safe YAML that refuses two keys alike and takes `on`, `yes`, dates as what they look like: text.

    libyaml parses, in a tenth of the time of PyYAML's own parser.
    """


_LineLoader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if not tag.endswith((":timestamp", ":bool"))]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_INTEGER = "tag:yaml.org,2002:int"
_TEXT = "tag:yaml.org,2002:str"

for _first in "tTfF":
    _LineLoader.add_implicit_resolver(
        "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|false|False)$"), [_first]
    )


def decode_content(raw: bytes, file: str) -> tuple[str, list[Problem]]:
    """Return a file's text, and a complaint for each line that is not UTF-8; there `\ufffd` stands in."""
    problems: list[Problem] = []
    for number, line in enumerate(raw.split(b"\n"), start=1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            problems.append(Problem(file, number, "", "this line is not UTF-8", "save the file as UTF-8"))
    return raw.decode("utf-8-sig", "replace"), problems


def parse_content(text: str, file: str) -> ContentFile:
    """Parse YAML whose top level is a mapping; raises ContentError for anything else, and for keys alike."""
    loader = _LineLoader(text)
    try:
        root = loader.get_single_node()
        problems: list[Problem] = []
        lines: dict[Path, int] = {}
        if root is None or not isinstance(root, yaml.MappingNode):
            raise ContentError([Problem(file, 1, "", "no fields are there", "write `name: value` lines")])
        _walk(root, (), lines, problems, file)
        if problems:
            raise ContentError(problems)
        return ContentFile(file, loader.construct_document(root), lines)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise ContentError(
            [Problem(file, line, "", f"this is no YAML ({error.problem})", "check indentation and quotes")]
        ) from None
    except yaml.YAMLError as error:
        raise ContentError(
            [Problem(file, None, "", f"this is no YAML ({error})", "save it as UTF-8")]
        ) from None
    finally:
        loader.dispose()


def _walk(node: yaml.Node, path: Path, lines: dict[Path, int], problems: list[Problem], file: str) -> None:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in seen:
                line = key_node.start_mark.line + 1
                name = ".".join(map(str, (*path, key)))
                problems.append(Problem(file, line, name, f"{key!r} is there twice", "keep one of the two"))
            seen.add(key)
            if key_node.tag == _INTEGER:
                key_node.tag = _TEXT  # a telephone's key is a name: `1: pay`
            _walk(value_node, (*path, key), lines, problems, file)
            lines[(*path, key)] = key_node.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _walk(item, (*path, index), lines, problems, file)


def validate_content(content: ContentFile, model: type[Model]) -> Model:
    """Return the file's data as `model`; raises ContentError with every field that does not fit."""
    try:
        return model.model_validate(content.data)
    except ValidationError as error:
        raise ContentError(validation_problems(content, error, model=model)) from None


def validation_problems(
    content: ContentFile, error: ValidationError, prefix: Path = (), model: type[BaseModel] | None = None
) -> list[Problem]:
    """Turn pydantic's findings into Problems at the lines of `content`, below `prefix`.

    With the `model` that was not met, a name that is not known is told with the one that was meant.
    """
    problems = []
    findings = error.errors(include_url=False)
    for finding in findings:
        kind, place = finding["type"], finding["loc"]
        if kind == "too_short" and any(_is_below(other["loc"], place) for other in findings):
            continue  # it has entries; what is wrong with each of them is said
        path = _real_path(content, (*prefix, *place), is_missing=kind == "missing")
        name = str(place[-1]) if place else ""
        known = names_at(model, place[:-1]) if model and kind == "extra_forbidden" else ()
        wrong, right = explain(
            kind, finding["msg"], finding.get("input"), finding.get("ctx", {}), name, known
        )
        problems.append(content.problem(path, wrong, right))
    return problems


def _is_below(path: Path, top: Path) -> bool:
    return len(path) > len(top) and path[: len(top)] == top


def _real_path(content: ContentFile, path: Path, *, is_missing: bool) -> Path:
    """Leave out what no file has: the union tags and key marks that pydantic puts into a location."""
    real: Path = ()
    for index, part in enumerate(path):
        is_last = index == len(path) - 1
        if (*real, part) in content.lines or (is_last and is_missing):
            real = (*real, part)
    return real
