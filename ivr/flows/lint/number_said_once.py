"""F304: a message for a machine that says once which number to call: nobody finds a pen in time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ivr.errors import Problem
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject
from ivr.flows.lint.ways import first_questions, unprompted_targets
from ivr.flows.manners import Direction
from ivr.flows.nodes.question import QuestionNode
from ivr.flows.sample_variables import SAMPLE_VARIABLES
from ivr.flows.spoken_time import sentences_of
from ivr.flows.variables import Variables, values_of


def _find(subject: Subject) -> Iterator[Problem]:
    flow = subject.flow
    if flow.direction is not Direction.OUTBOUND:
        return
    for asking in first_questions(flow):
        node = flow.nodes[asking]
        to = node.no_input.to if isinstance(node, QuestionNode) else None
        if to is None:
            continue
        once = [each for each in flow.languages if 1 in _times(subject, to, each, ())]
        if once:
            yield subject.problem(
                ("nodes", to),
                f"after silence at {asking!r} the number to call is said once ({', '.join(once)})",
                "say {{ company.phone }} once more, in a sentence of its own",
            )


def _times(subject: Subject, name: str, language: str, before: tuple[str, ...]) -> frozenset[int]:
    """Return how many sentences tell the number from a node to the end, on each way that needs no key."""
    node = subject.flow.nodes[name]
    here = sum(_telling(subject, prompt, language) for prompt in node.opening())
    ways = [to for to in unprompted_targets(subject.flow, name) if to not in before]
    after = (_times(subject, to, language, (*before, name)) for to in ways)
    return frozenset(here + times for times in frozenset[int]().union(*after) or {0})


def _telling(subject: Subject, prompt: str, language: str) -> int:
    """Return how many sentences of a prompt tell the number: those that another one would change."""
    said, otherwise = (
        sentences_of(subject.catalogue, prompt, language, variables)
        for variables in (SAMPLE_VARIABLES, _WITH_ANOTHER_NUMBER)
    )
    return sum(one != other for one, other in zip(said, otherwise, strict=False))


_COMPANY: Mapping[str, object] = values_of(SAMPLE_VARIABLES, "company")
_WITH_ANOTHER_NUMBER: Variables = {**SAMPLE_VARIABLES, "company": {**_COMPANY, "phone": "+12025550199"}}

NUMBER_SAID_ONCE = Check("F304", Severity.WARNING, "number said once", _find)
