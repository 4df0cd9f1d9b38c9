"""F107: a compliance profile that is not there, or a segment that the profile knows nothing of."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject


def _find(subject: Subject) -> Iterator[Problem]:
    flow, profile = subject.flow, subject.profile
    if flow.profile is not None and profile is None:
        known = ", ".join(sorted(subject.profiles)) or "none is there"
        yield subject.problem(
            ("profile",),
            f"there is no compliance profile {flow.profile!r}",
            f"name one of config/compliance: {known}",
        )
        return
    required = profile.segments if profile else {}
    for name in flow.segments:
        if name not in required:
            wrong = (
                f"the profile {flow.profile!r} has no segment {name!r}" if profile else "no profile is named"
            )
            right = f"use one of {', '.join(required)}" if required else "name a `profile:` or remove it"
            yield subject.problem(("segments", name), wrong, right)


UNKNOWN_PROFILE = Check("F107", Severity.ERROR, "unknown compliance profile", _find)
