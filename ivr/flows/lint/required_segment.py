"""What holds for every segment that a compliance profile requires, wherever it must be said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ivr.errors import Problem
from ivr.flows.account_details import ACCOUNT_NAMESPACES
from ivr.flows.compliance import Place, RequiredSegment
from ivr.flows.lint.speech_of_account import spoken_variables, told_of_account
from ivr.flows.lint.subject import Subject

NodesWhereItIsDue = Callable[[Subject], Iterable[str]]
"""Returns the nodes that must begin with the segment."""


def segment_problems(subject: Subject, place: Place, due: NodesWhereItIsDue) -> Iterator[Problem]:
    """Yield what is wrong with each segment that the flow's profile requires at `place`."""
    profile = subject.profile
    for name, required in (profile.segments if profile else {}).items():
        if required.place is not place:
            continue
        prompt = subject.flow.segments.get(name)
        if prompt is None:
            yield subject.problem(
                ("segments", name) if subject.flow.segments else ("profile",),
                f"{required.section} requires {required.meaning}, and no prompt is named for it",
                f"name it by `segments: {{{name}: …}}`",
            )
            continue
        yield from _wording(subject, name, prompt, required)
        yield from _places(subject, prompt, required, due(subject))


def _wording(subject: Subject, name: str, prompt: str, required: RequiredSegment) -> Iterator[Problem]:
    spoken = spoken_variables(subject, prompt)
    path = ("segments", name)
    if missing := [variable for variable in required.speaks_of if variable not in spoken]:
        yield subject.problem(
            path,
            f"{prompt!r} does not tell {', '.join(missing)} ({required.section})",
            "add it to the wording",
        )
    told = {variable for variable in spoken if variable.partition(".")[0] in required.silent_about}
    if not ACCOUNT_NAMESPACES.isdisjoint(required.silent_about):
        told.update(told_of_account(subject, prompt))
    if told:
        yield subject.problem(
            path,
            f"{prompt!r} tells {', '.join(sorted(told))} ({required.section})",
            "leave that out of the wording",
        )


def _places(
    subject: Subject, prompt: str, required: RequiredSegment, due: Iterable[str]
) -> Iterator[Problem]:
    for name in due:
        if subject.flow.nodes[name].opening()[:1] != (prompt,):
            yield subject.problem(
                ("nodes", name),
                f"{required.meaning} must come here first ({required.section}), as {prompt!r}",
                f"say {prompt!r} before this node, or at its beginning",
            )
