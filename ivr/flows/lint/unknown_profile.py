"""F107: a compliance profile that is not there, or a segment that the profile knows nothing of."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject


def _find(subject: Subject) -> Iterator[Problem]:
    flow, profile = subject.flow, subject.profile
    if flow.profile is not None and profile is None:
        there = ", ".join(sorted(subject.profiles)) or "none is there"
        yield subject.problem(
            ("profile",),
            f"there is no compliance profile {flow.profile!r}",
            f"name one of config/compliance: {there}",
        )
        return
    known = profile.segments if profile else {}
    whose = f"the profile {flow.profile!r}" if profile else "a flow that names no profile"
    for name in flow.segments:
        if name not in known:
            right = f"use one of {', '.join(known)}" if known else "remove it, or name a profile that has it"
            yield subject.problem(("segments", name), f"{whose} has no segment {name!r}", right)


UNKNOWN_PROFILE = Check("F107", Severity.ERROR, "unknown compliance profile", _find)
