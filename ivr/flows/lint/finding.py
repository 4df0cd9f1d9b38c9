"""What the linter says, and what a check is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from ivr.errors import Problem
from ivr.flows.lint.subject import Subject


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    """The flow can't be loaded: nothing can run it."""
    WARNING = "warning"
    """The flow runs, and somebody on the line will be worse off for it."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that can be wrong with a flow."""

    code: str
    """`F201`; never given to another check, so that people can look it up."""
    severity: Severity
    title: str
    """What is wrong, in a few words, for lists."""
    find: Callable[[Subject], Iterator[Problem]]
    """Yields each place where it is wrong, what exactly, and the mend."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a check found something."""

    code: str
    severity: Severity
    title: str
    problem: Problem
