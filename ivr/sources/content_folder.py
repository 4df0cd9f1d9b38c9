"""Content as files: everything below the content folders, read and validated as a whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo
from functools import partial
from pathlib import Path
from typing import TypeVar

from ivr.attempts.rule_book import load_rule_book
from ivr.content_file import ContentFile, parse_content
from ivr.engine.content import Company, Content
from ivr.engine.content_version import ContentFiles
from ivr.errors import ContentError, Problem
from ivr.flows.load_flow import load_flow
from ivr.prompts.catalogue import Catalogue
from ivr.prompts.load_catalogue import load_catalogue

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ContentFolders:
    """Where administrators keep what they write."""

    flows: Path
    prompts: Path
    """One folder per language."""
    rules: Path
    """The rules, with retry rules in `retry/` and calling hours in `hours/`."""


class _Findings:
    """Gathers what is wrong, so that one bad file hides nothing of the others."""

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
        parsed = (self.of(partial(read_content, path)) for path in paths)
        return [file for file in parsed if file is not None]


def read_content(path: Path) -> ContentFile:
    """Read one YAML file; raises ContentError."""
    try:
        return parse_content(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        wrong = f"it can't be read ({error})"
        raise ContentError([Problem(str(path), None, "", wrong, "make it a readable UTF-8 file")]) from None


def read_files(folders: ContentFolders) -> ContentFiles:
    """Return every file of the content as it is, by its path in a published version."""
    places = (
        ("flows", folders.flows, "*.yaml"),
        ("prompts", folders.prompts, "*/*.yaml"),
        ("prompts", folders.prompts, "*/*.wav"),
        ("rules", folders.rules, "*.yaml"),
        ("rules", folders.rules, "retry/*.yaml"),
        ("rules", folders.rules, "hours/*.yaml"),
    )
    return {
        f"{kind}/{file.relative_to(folder).as_posix()}": file.read_bytes()
        for kind, folder, pattern in places
        for file in sorted(folder.glob(pattern))
    }


def write_files(files: ContentFiles, target: Path) -> ContentFolders:
    """Write a version's files below `target` and return where they are."""
    for path, body in files.items():
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)
    return ContentFolders(target / "flows", target / "prompts", target / "rules")


def load_content(folders: ContentFolders, company: Company, time_zone: tzinfo) -> Content:
    """Read flows, prompts, rules, retry rules and hours; raises ContentError with all that is wrong."""
    findings = _Findings()
    catalogue = _load_catalogue(findings, folders.prompts)
    flow_files = findings.files(folders.flows)
    # A flow that is there but broken is complained of on its own: for rules its name counts.
    flow_names = {str(file.data.get("name")) for file in flow_files}
    rule_files, retry_files, hours_files = (
        findings.files(folder) for folder in (folders.rules, folders.rules / "retry", folders.rules / "hours")
    )
    book = findings.of(lambda: load_rule_book(rule_files, retry_files, hours_files, flow_names))
    if catalogue is None:
        # Without wording every flow would complain of every prompt: the cause is said, and once.
        raise ContentError(findings.problems)
    loaded = (findings.of(partial(load_flow, file, catalogue)) for file in flow_files)
    flows = [flow for flow in loaded if flow is not None]
    if findings.problems or book is None:
        raise ContentError(findings.problems)
    return Content(company, time_zone, book, {flow.name: flow for flow in flows}, catalogue)


def _load_catalogue(findings: _Findings, folder: Path) -> Catalogue | None:
    languages = sorted(language for language in folder.glob("*") if language.is_dir())
    if not languages:
        wrong = "no folder of a language is there"
        findings.problems.append(Problem(str(folder), None, "", wrong, "make one, as prompts/en"))
    files = [file for language in languages for file in findings.files(language)]
    return findings.of(lambda: load_catalogue(files, sorted(folder.glob("*/*.wav"))))
