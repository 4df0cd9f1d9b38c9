"""Content as files: everything below the content folders, read and validated as a whole."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import partial
from pathlib import Path

from ivr.attempts.rule_book import RuleBook, load_rule_book
from ivr.content_file import ContentFile
from ivr.engine.check_confirmations import check_confirmations
from ivr.engine.check_forwarding import check_forwarding
from ivr.engine.check_promises import check_promises
from ivr.engine.check_recording import check_recording
from ivr.engine.content import Company, Content
from ivr.errors import ContentError, Problem
from ivr.flows.compliance import Profile, load_profiles
from ivr.flows.flow import Flow
from ivr.flows.lint.finding import Check, Finding
from ivr.flows.lint.flow_set import flow_set
from ivr.flows.lint.lint_flow import lint_flow, unreadable
from ivr.flows.lint.subject import FlowSet
from ivr.flows.lint.unknown_profile import UNKNOWN_PROFILE
from ivr.flows.lint.unknown_prompt import UNKNOWN_PROMPT
from ivr.flows.load_flow import load_flow
from ivr.flows.surroundings import Surroundings
from ivr.messages.load_templates import load_templates
from ivr.messages.page_words import PageWords, load_page_words
from ivr.messages.template import MessageTemplate
from ivr.prompts.bulletin import Bulletin, check_bulletins, read_bulletin
from ivr.prompts.catalogue import Catalogue
from ivr.prompts.load_catalogue import read_catalogue
from ivr.sources.findings import Findings
from ivr.sources.flow_files import beside, name_of, readable_flows


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
    messages: Path | None = None
    """The message templates; None, or a folder that is not there (an old version): there are none."""
    pages: Path | None = None
    """The words of pages behind links, a file a language; as for messages."""


def load_content(
    folders: ContentFolders,
    company: Company,
    time_zone: tzinfo,
    endpoints: Collection[str] | None = None,
) -> Content:
    """Read flows, prompts, rules, retry rules and hours; raises ContentError with all that is wrong.

    `endpoints` are the webhooks that flows may name; None: that is not looked at.
    """
    findings = Findings()
    bulletins = _load_bulletins(findings, folders.bulletin)
    ground = _load_ground(findings, folders, bulletins)
    flow_files = findings.files(folders.flows)
    rule_files, retry_files, hours_files = _rule_files(findings, folders.rules)
    book = _load_book(findings, rule_files, retry_files, hours_files, flow_files)
    messages = _load_messages(findings, folders.messages)
    pages = _load_pages(findings, folders.pages)
    around = Surroundings({name_of(file) for file in hours_files}, endpoints, messages=messages)
    together = flow_set(flow_files, ground.catalogue, ground.profiles)
    loaded = (findings.of(partial(ground.load_flow, file, together, around)) for file in flow_files)
    flows = {flow.name: flow for flow in loaded if flow is not None}
    if book is not None:
        findings.problems += check_promises(rule_files, book.rules, flows)
        findings.problems += check_forwarding(rule_files, book.rules, flows, ground.profiles)
        findings.problems += check_recording(rule_files, book.rules, flows, ground.profiles)
        if messages is not None:
            findings.problems += check_confirmations(rule_files, book.rules, messages)
    if findings.problems or book is None:
        raise ContentError(findings.problems)
    ends = {bulletin.language: bulletin.until for bulletin in bulletins}
    return Content(
        company,
        time_zone,
        book,
        flows,
        ground.catalogue,
        ground.profiles,
        bulletins=ends,
        messages=messages or {},
        pages=pages or {},
    )


def load_rules(folders: ContentFolders) -> RuleBook:
    """Read rules, retry rules and hours alone, whatever else is wrong with the content.

    Raises ContentError with all that is wrong with them.
    """
    findings = Findings()
    book = _load_book(findings, *_rule_files(findings, folders.rules), Findings().files(folders.flows))
    if findings.problems or book is None:
        raise ContentError(findings.problems)
    return book


def load_prompts(folder: Path) -> Catalogue:
    """Read the prompts alone, one folder per language; raises ContentError with all that is wrong."""
    findings = Findings()
    catalogue = _catalogue_of(findings, folder, _prompt_files(findings, folder))
    if findings.problems:
        raise ContentError(findings.problems)
    return catalogue


def lint_flows(
    folders: ContentFolders,
    endpoints: Collection[str] | None = None,
    only: Path | None = None,
    recorded: Collection[str] = (),
) -> tuple[Finding, ...]:
    """Return all that is wrong with the flows, and with what they stand on: prompts, profiles, hours.

    `endpoints` are the webhooks that flows may name (None: not looked at); `only` is the file of the only
    flow to look at; `recorded` are the flows whose calls the settings have recorded, to which come those that
    rules do.
    """
    findings = Findings()
    ground = _load_ground(findings, folders)
    around = Surroundings(
        {name_of(file) for file in findings.files(folders.rules / "hours")},
        endpoints,
        messages=_load_messages(findings, folders.messages),
        recorded={*recorded, *_recorded_by(Findings().files(folders.rules))},
    )
    files = findings.files(folders.flows) if only is None else findings.file(only)
    found = unreadable(sorted(findings.problems, key=lambda problem: (problem.file, problem.line or 0)))
    others = (
        [other for file in files for other in beside(file, readable_flows(folders.flows))] if only else []
    )
    together = flow_set((*files, *others), ground.catalogue, ground.profiles)
    return (*found, *(finding for file in files for finding in ground.lint_flow(file, together, around)))


def _recorded_by(rules: Sequence[ContentFile]) -> Iterator[str]:
    """Yield the flows of rules that have their calls recorded."""
    for rule in rules:
        plan = rule.data.get("plan")
        if rule.data.get("record") is not None and isinstance(plan, list):
            yield from (str(step.get("flow")) for step in plan if isinstance(step, dict))


@dataclass(frozen=True, slots=True)
class _Ground:
    """What flows stand on, as far as it can be used."""

    catalogue: Catalogue
    profiles: Mapping[str, Profile]
    unknowable: Collection[Check]
    """Checks that would complain in every flow of what is broken here: the cause is said, and once."""

    def load_flow(self, file: ContentFile, together: FlowSet, around: Surroundings) -> Flow:
        return load_flow(file, self.catalogue, self.profiles, together, around, self.unknowable)

    def lint_flow(self, file: ContentFile, together: FlowSet, around: Surroundings) -> tuple[Finding, ...]:
        return lint_flow(file, self.catalogue, self.profiles, together, around, self.unknowable)


def _load_ground(findings: Findings, folders: ContentFolders, bulletins: Sequence[Bulletin] = ()) -> _Ground:
    files = _prompt_files(findings, folders.prompts)
    unknowable = [UNKNOWN_PROMPT] if findings.problems else []  # a file of which nobody knows what it has
    catalogue = _catalogue_of(findings, folders.prompts, files, bulletins)
    known = len(findings.problems)
    profiles = _load_profiles(findings, folders.compliance)
    if len(findings.problems) > known:
        unknowable.append(UNKNOWN_PROFILE)
    return _Ground(catalogue, profiles or {}, unknowable)


def _rule_files(
    findings: Findings, folder: Path
) -> tuple[list[ContentFile], list[ContentFile], list[ContentFile]]:
    """Return the files of rules, of retry rules and of hours."""
    return findings.files(folder), findings.files(folder / "retry"), findings.files(folder / "hours")


def _load_book(
    findings: Findings,
    rules: Sequence[ContentFile],
    retry_rules: Sequence[ContentFile],
    hours: Sequence[ContentFile],
    flows: Sequence[ContentFile],
) -> RuleBook | None:
    # A flow that is there but broken is complained of on its own: for rules its name counts.
    names = {name_of(file) for file in flows}
    sub_flows = {name_of(file) for file in flows if file.data.get("entered_at", "anyone") != "anyone"}
    return findings.of(lambda: load_rule_book(rules, retry_rules, hours, names, sub_flows))


def _load_profiles(findings: Findings, folder: Path) -> dict[str, Profile] | None:
    return findings.of(lambda: load_profiles(findings.files(folder)))


def _load_messages(findings: Findings, folder: Path | None) -> Mapping[str, MessageTemplate] | None:
    """Return the message templates; None where nobody can tell which there are.

    A version that was published before there were any has no folder of them, and must be usable still.
    """
    if folder is None or not folder.is_dir():
        return None
    return findings.of(lambda: load_templates(findings.files(folder)))


def _load_pages(findings: Findings, folder: Path | None) -> Mapping[str, PageWords] | None:
    """Return the words of pages; None, as for messages, where there are none yet."""
    if folder is None or not folder.is_dir():
        return None
    return findings.of(lambda: load_page_words(findings.files(folder)))


def _load_bulletins(findings: Findings, folder: Path | None) -> list[Bulletin]:
    paths = [] if folder is None else sorted(folder.glob("*/*.yaml"))
    files = (file for path in paths for file in findings.file(path))
    found = [findings.of(partial(read_bulletin, file)) for file in files]
    return [bulletin for bulletin in found if bulletin is not None]


def _prompt_files(findings: Findings, folder: Path) -> list[ContentFile]:
    languages = sorted(language for language in folder.glob("*") if language.is_dir())
    if not languages:
        wrong = "no folder of a language is there"
        findings.problems.append(Problem(str(folder), None, "", wrong, "make one, as prompts/en"))
    return [file for language in languages for file in findings.files(language)]


def _catalogue_of(
    findings: Findings, folder: Path, files: Sequence[ContentFile], bulletins: Sequence[Bulletin] = ()
) -> Catalogue:
    on_air = [bulletin.as_prompt for bulletin in bulletins]
    clips = [*folder.glob("*/*.wav"), *(b.clip for b in bulletins if Path(b.clip).exists())]
    catalogue, problems = read_catalogue([*files, *on_air], sorted(clips))
    findings.problems.extend(problems)
    if bulletins and not problems:
        findings.of(lambda: check_bulletins(catalogue, bulletins))
    return catalogue
