"""Content files, read together: what is wrong with one hides nothing of the others."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from ivr.content_file import ContentFile, decode_content, parse_content
from ivr.errors import ContentError, Problem

T = TypeVar("T")


class Findings:
    """Gathers what is wrong."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def of(self, load: Callable[[], T]) -> T | None:
        """Return what `load` returns; None, and its problems kept, when it complains."""
        try:
            return load()
        except ContentError as error:
            self.problems.extend(error.problems)
            return None

    def files(self, folder: Path) -> list[ContentFile]:
        """Return every YAML file of a folder that can be parsed."""
        paths = sorted(folder.glob("*.yaml"))
        if not paths:
            self.problems.append(Problem(str(folder), None, "", "no .yaml file is there", "put one there"))
        return [file for path in paths for file in self.file(path)]

    def file(self, path: Path) -> list[ContentFile]:
        """Return one YAML file; none when it can't be parsed."""
        if (raw := self.of(partial(_read, path))) is None:
            return []
        text, problems = decode_content(raw, str(path))
        self.problems.extend(problems)
        parsed = self.of(partial(parse_content, text, str(path)))
        return [] if parsed is None else [parsed]


def read_content(path: Path) -> ContentFile:
    """Read one YAML file; raises ContentError."""
    findings = Findings()
    files = findings.file(path)
    if findings.problems:
        raise ContentError(findings.problems)
    return files[0]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        wrong = f"it can't be read ({error.strerror})"
        raise ContentError([Problem(str(path), None, "", wrong, "make it a readable file")]) from None
