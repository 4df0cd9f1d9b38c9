"""Content as files: everything below the content folders, read and validated as a whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import partial
from pathlib import Path
from typing import TypeVar

from ivr.attempts.rule_book import load_rule_book
from ivr.content_file import ContentFile, parse_content
from ivr.engine.content import Company, Content
from ivr.errors import ContentError, Problem, UsageError
from ivr.flows.compliance import Profile, load_profiles
from ivr.flows.flow import Flow
from ivr.flows.lint.finding import Finding
from ivr.flows.lint.lint_flow import lint_flow, unreadable
from ivr.flows.load_flow import load_flow
from ivr.prompts.bulletin import Bulletin, check_bulletins, read_bulletin
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
    compliance: Path
    """The compliance profiles that flows name."""
    bulletin: Path | None = None
    """The bulletin of a published version, one folder per language. Nobody's working copy has one."""


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
        return [file for path in paths for file in self.file(path)]

    def file(self, path: Path) -> list[ContentFile]:
        """Return one YAML file; none when it can't be parsed."""
        parsed = self.of(partial(read_content, path))
        return [] if parsed is None else [parsed]


def read_content(path: Path) -> ContentFile:
    """Read one YAML file; raises ContentError."""
    try:
        return parse_content(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        wrong = f"it can't be read ({error})"
        raise ContentError([Problem(str(path), None, "", wrong, "make it a readable UTF-8 file")]) from None


def load_content(folders: ContentFolders, company: Company, time_zone: tzinfo) -> Content:
    """Read flows, prompts, rules, retry rules and hours; raises ContentError with all that is wrong."""
    findings = _Findings()
    bulletins = _load_bulletins(findings, folders.bulletin)
    catalogue = _load_catalogue(findings, folders.prompts, bulletins)
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
    profiles = _load_profiles(findings, folders.compliance)
    if profiles is None:
        raise ContentError(findings.problems)
    loaded = (findings.of(partial(load_flow, file, catalogue, profiles)) for file in flow_files)
    flows = [flow for flow in loaded if flow is not None]
    if findings.problems or book is None:
        raise ContentError(findings.problems)
    ends = {bulletin.language: bulletin.until for bulletin in bulletins}
    by_name = {flow.name: flow for flow in flows}
    return Content(company, time_zone, book, by_name, catalogue, bulletins=ends)


def load_prompts(folder: Path) -> Catalogue:
    """Read the prompts alone, one folder per language; raises ContentError with all that is wrong."""
    findings = _Findings()
    catalogue = _load_catalogue(findings, folder)
    if catalogue is None or findings.problems:
        raise ContentError(findings.problems)
    return catalogue


def flow_file(folder: Path, wanted: str) -> Path:
    """Return the file of a flow, by the name in it or as a path; raises UsageError when there is none."""
    if (path := Path(wanted)).suffix in (".yaml", ".yml"):
        return path
    files = _Findings().files(folder)
    names = {str(file.data.get("name")): Path(file.file) for file in files}
    if wanted not in names:
        raise UsageError(f"There is no flow {wanted!r}; {folder} has {', '.join(sorted(names)) or 'none'}.")
    return names[wanted]


@dataclass(frozen=True, slots=True)
class FlowInUse:
    """One flow with all that its sessions need."""

    flow: Flow
    flows: Mapping[str, Flow]
    """Those that it can get into, and itself, by name."""
    catalogue: Catalogue


def load_one_flow(folders: ContentFolders, wanted: str) -> FlowInUse:
    """Return one flow, by its name or file, with all prompts, whatever else is wrong with the content.

    Raises UsageError when it or a flow that it enters is not there, and ContentError with all that is wrong
    with them.
    """
    catalogue = load_prompts(folders.prompts)
    findings = _Findings()
    profiles = _load_profiles(findings, folders.compliance)
    if profiles is None:
        raise ContentError(findings.problems)
    flow = load_flow(read_content(flow_file(folders.flows, wanted)), catalogue, profiles)
    flows = {flow.name: flow}
    waiting = list(flow.enters)
    while waiting:
        name = waiting.pop()
        if name not in flows:
            flows[name] = load_flow(read_content(flow_file(folders.flows, name)), catalogue, profiles)
            waiting.extend(flows[name].enters)
    return FlowInUse(flow, flows, catalogue)


def lint_flows(folders: ContentFolders, only: Path | None = None) -> tuple[Finding, ...]:
    """Return all that is wrong with the flows, and with the prompts and profiles that they stand on.

    `only` is the file of the only flow to look at.
    """
    findings = _Findings()
    catalogue = _load_catalogue(findings, folders.prompts)
    profiles = _load_profiles(findings, folders.compliance)
    files = findings.files(folders.flows) if only is None else findings.file(only)
    found = unreadable(sorted(findings.problems, key=lambda problem: (problem.file, problem.line or 0)))
    if catalogue is None or profiles is None:
        return found
    return (*found, *(finding for file in files for finding in lint_flow(file, catalogue, profiles)))


def _load_profiles(findings: _Findings, folder: Path) -> dict[str, Profile] | None:
    return findings.of(lambda: load_profiles(findings.files(folder)))


def _load_bulletins(findings: _Findings, folder: Path | None) -> list[Bulletin]:
    paths = [] if folder is None else sorted(folder.glob("*/*.yaml"))
    files = (file for path in paths for file in findings.file(path))
    found = [findings.of(partial(read_bulletin, file)) for file in files]
    return [bulletin for bulletin in found if bulletin is not None]


def _load_catalogue(
    findings: _Findings, folder: Path, bulletins: Sequence[Bulletin] = ()
) -> Catalogue | None:
    languages = sorted(language for language in folder.glob("*") if language.is_dir())
    if not languages:
        wrong = "no folder of a language is there"
        findings.problems.append(Problem(str(folder), None, "", wrong, "make one, as prompts/en"))
    files = [file for language in languages for file in findings.files(language)]
    files += [bulletin.as_prompt for bulletin in bulletins]
    clips = [*folder.glob("*/*.wav"), *(b.clip for b in bulletins if Path(b.clip).exists())]
    catalogue = findings.of(lambda: load_catalogue(files, sorted(clips)))
    if catalogue is not None:
        findings.of(lambda: check_bulletins(catalogue, bulletins))
    return catalogue
