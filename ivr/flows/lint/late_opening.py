"""F303: whoever is called is told too late, or not at all, who calls and why: by then they have hung up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ivr.errors import Problem
from ivr.flows.compliance import Place
from ivr.flows.flow import FlowFile
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject
from ivr.flows.lint.ways import ends_mutely, first_speakers, unprompted_targets
from ivr.flows.manners import Direction
from ivr.flows.nodes.question import QuestionNode
from ivr.flows.nodes.return_ import ReturnNode
from ivr.flows.sample_variables import SAMPLE_VARIABLES
from ivr.flows.spoken_time import seconds_of, sentences_of
from ivr.flows.variables import look_up
from ivr.prompts.content_tier import ContentTier

_NAME = str(look_up(SAMPLE_VARIABLES, "company.name"))


@dataclass(frozen=True, slots=True, order=True)
class _Opening:
    """What is said before the listener can answer, as far as it matters: the longest is the worst."""

    is_nameless: bool
    seconds: float
    """Until the end of the sentence that names the company, or until all is said."""


def _find(subject: Subject) -> Iterator[Problem]:
    flow, limit = subject.flow, subject.flow.manners.opening
    if flow.direction is not Direction.OUTBOUND or _is_entered(flow):
        return
    for name in first_speakers(flow, flow.start):
        if ends_mutely(flow.nodes[name]):
            continue
        opening, language = max((_opening(subject, name, each, ()), each) for each in flow.languages)
        if opening.is_nameless and not _must_name_the_company(subject):
            yield subject.problem(
                ("nodes", name),
                f"nobody is told who calls before the first question ({language})",
                "say {{ company.name }} and the reason of the call in the first sentence",
            )
        elif not opening.is_nameless and opening.seconds > limit:
            yield subject.problem(
                ("nodes", name),
                f"it takes about {opening.seconds:.0f} s to say who calls ({language}), limit {limit:g} s",
                "say company and reason in the first sentence, or set `manners: {opening: …}`",
            )


def _is_entered(flow: FlowFile) -> bool:
    """Say whether the flow is one that others enter: who calls has been said there."""
    returns = any(isinstance(node, ReturnNode) for node in flow.nodes.values())
    return returns or flow.entered_at > ContentTier.ANYONE


def _opening(subject: Subject, name: str, language: str, before: tuple[str, ...]) -> _Opening:
    """Return what is said from a node on, on the worst way."""
    node = subject.flow.nodes[name]
    said: list[str] = []
    for prompt in node.opening():
        for sentence in sentences_of(subject.catalogue, prompt, language, SAMPLE_VARIABLES):
            said.append(sentence)
            if _NAME in sentence:
                return _Opening(is_nameless=False, seconds=seconds_of(said))
    ways = () if isinstance(node, QuestionNode) or name in before else unprompted_targets(subject.flow, name)
    nothing = _Opening(is_nameless=True, seconds=0.0)
    worst = max((_opening(subject, to, language, (*before, name)) for to in ways), default=nothing)
    return _Opening(worst.is_nameless, seconds_of(said) + worst.seconds)


def _must_name_the_company(subject: Subject) -> bool:
    """Say whether the profile requires the name at the start: then that is told of there."""
    segments = subject.profile.segments.values() if subject.profile else ()
    return any(each.place is Place.START and "company.name" in each.speaks_of for each in segments)


LATE_OPENING = Check("F303", Severity.WARNING, "late opening", _find)
