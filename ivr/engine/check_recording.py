"""Do the calls that a rule wants recorded say that they are, where the profile of their flow asks for it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ivr.content_file import ContentFile
from ivr.errors import Problem
from ivr.flows.compliance import Profile
from ivr.flows.flow import Flow
from ivr.rules.rule import Rule


def check_recording(
    files: Sequence[ContentFile],
    rules: Mapping[str, Rule],
    flows: Mapping[str, Flow],
    profiles: Mapping[str, Profile],
) -> list[Problem]:
    """Return a problem for each step of a rule whose calls would not be recorded, although it says so."""
    return [
        problem
        for file in files
        if (rule := rules.get(str(file.data.get("name")))) is not None and rule.record is not None
        for problem in _steps(file, rule, flows, profiles)
    ]


def unsaid_notices(flow: Flow, profiles: Mapping[str, Profile]) -> list[str]:
    """Return the segments that would say that a call is recorded, and for which the flow names no prompt."""
    profile = profiles.get(flow.profile or "")
    notices = () if profile is None else profile.recording_notices
    return [name for name in notices if name not in flow.segments]


def _steps(
    file: ContentFile, rule: Rule, flows: Mapping[str, Flow], profiles: Mapping[str, Profile]
) -> Iterator[Problem]:
    for index, step in enumerate(rule.plan):
        if (flow := flows.get(step.flow)) is None:
            continue
        for segment in unsaid_notices(flow, profiles):
            wrong = (
                f"the rule records its calls, and the flow {flow.name!r} does not say so, as its profile"
                f" {flow.profile!r} wants: none would be recorded"
            )
            right = (
                f"name the prompt that says it at `segments: {segment}` of the flow, or leave `record` out"
            )
            yield file.problem(("plan", index, "flow"), wrong, right)
