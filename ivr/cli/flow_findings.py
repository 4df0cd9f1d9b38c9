"""What the flow linter found, for people and for programs."""

from __future__ import annotations

from collections.abc import Sequence

from ivr.cli.context import ui
from ivr.cli.failure import problem_data
from ivr.flows.lint.finding import Finding, Severity

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


def exit_status(findings: Sequence[Finding]) -> int:
    """Return 2 when there is an error, 1 when there are only warnings, else 0."""
    if any(finding.severity is Severity.ERROR for finding in findings):
        return 2
    return 1 if findings else 0


def as_data(finding: Finding) -> dict[str, object]:
    """Return a finding for a program."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "title": finding.title,
        **problem_data(finding.problem),
    }


def print_findings(findings: Sequence[Finding]) -> None:
    """Print a line per finding, and how many there are."""
    for finding in findings:
        line = f"{finding.code} {finding.severity}: {finding.title}\n  {finding.problem}"
        ui.print(line, style=_COLOURS[finding.severity], highlight=False, markup=False, soft_wrap=True)
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    if findings:
        ui.print(f"{errors} errors, {len(findings) - errors} warnings.", highlight=False)
