"""Lint a flow: everything that can be found without calling anybody."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from ivr.content_file import ContentFile, validate_content
from ivr.errors import ContentError, Problem
from ivr.flows.catalogue import PromptCatalogue
from ivr.flows.compliance import Profile
from ivr.flows.flow import FlowFile
from ivr.flows.lint.checks import ERRORS, ERRORS_ACROSS, WARNINGS
from ivr.flows.lint.finding import Check, Finding, Severity
from ivr.flows.lint.subject import FlowSet, Subject
from ivr.flows.surroundings import NOT_LOOKED_AT, Surroundings


def lint_flow(
    content: ContentFile,
    catalogue: PromptCatalogue,
    profiles: Mapping[str, Profile],
    flows: FlowSet,
    around: Surroundings = NOT_LOOKED_AT,
    without: Collection[Check] = (),
) -> tuple[Finding, ...]:
    """Return what is wrong with a flow, by line; `flows` are all that there are, this one among them.

    A file whose fields don't fit is told of that alone; a flow with errors is told of all of them, and of
    warnings only when none is left, because they follow from what the flow is. The checks in `without` are
    left out, because what they compare the flow with is broken itself; then warnings wait as well.
    """
    try:
        flow = validate_content(content, FlowFile)
    except ContentError as error:
        return unreadable(error.problems)
    subject = Subject(content, flow, catalogue, profiles, flows, around)
    checks = [check for check in (*ERRORS, *ERRORS_ACROSS) if check not in without]
    errors = _findings(checks, subject)
    return errors if errors or without else _findings(WARNINGS, subject)


def unreadable(problems: Iterable[Problem]) -> tuple[Finding, ...]:
    """Return the findings about a file that can't be read as what it should be."""
    return tuple(Finding("F001", Severity.ERROR, "can't be read", problem) for problem in problems)


def _findings(checks: Iterable[Check], subject: Subject) -> tuple[Finding, ...]:
    found = [
        Finding(check.code, check.severity, check.title, problem)
        for check in checks
        for problem in check.find(subject)
    ]
    return tuple(sorted(found, key=lambda finding: (finding.problem.line or 0, finding.code)))
