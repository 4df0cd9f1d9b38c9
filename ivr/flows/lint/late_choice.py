"""F302: too much talk before the first choice: people hang up, or never hear what they can do."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.flow import FlowFile
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject
from ivr.flows.lint.ways import unprompted_targets
from ivr.flows.nodes.choosing import ChoosingNode
from ivr.flows.nodes.question import QuestionNode
from ivr.flows.sample_variables import SAMPLE_VARIABLES
from ivr.flows.spoken_time import before_choice, seconds_of, sentences_of
from ivr.flows.variables import Variables


def _find(subject: Subject) -> Iterator[Problem]:
    flow, limit = subject.flow, subject.flow.manners.before_choice
    talks = [_Talk(subject, language) for language in flow.languages]
    for name, node in flow.nodes.items():
        if not isinstance(node, QuestionNode):
            continue
        took, language = max((talk.until_choice(name), talk.language) for talk in talks)
        if took > limit:
            yield subject.problem(
                ("nodes", name, "prompt"),
                f"about {took:.0f} s of speech ({language}) come before its first choice, limit {limit:g} s",
                "shorten it, offer the first choice earlier, or set `manners: {before_choice: …}`",
            )


class _Talk:
    """What a flow says in one language, and how long that takes."""

    def __init__(self, subject: Subject, language: str) -> None:
        self.language = language
        self._flow = subject.flow
        variables = _sample(subject.flow)
        self._said = {
            name: [
                sentence
                for prompt in node.opening()
                for sentence in sentences_of(subject.catalogue, prompt, language, variables)
            ]
            for name, node in subject.flow.nodes.items()
        }
        self._seconds = {name: seconds_of(said) for name, said in self._said.items()}

    def until_choice(self, name: str) -> float:
        """Return the seconds of speech before the first choice of a question, on the longest way to it."""
        first = before_choice(self._said[name], _keys(self._flow, name))
        return self._longest_way_to(name, {}) + seconds_of(first)

    def _longest_way_to(self, name: str, known: dict[str, float]) -> float:
        """Return the most seconds that are spoken before a node since the last chance to press a key."""
        if name not in known:
            known[name] = 0.0  # a loop adds nothing: it has a finding of its own
            known[name] = max(
                (
                    self._seconds[source] + self._longest_way_to(source, known)
                    for source, node in self._flow.nodes.items()
                    if not isinstance(node, QuestionNode) and name in unprompted_targets(self._flow, source)
                ),
                default=0.0,
            )
        return known[name]


def _keys(flow: FlowFile, name: str) -> frozenset[str]:
    node = flow.nodes[name]
    own = (key for _, key in node.key_fields()) if isinstance(node, ChoosingNode) else ()
    return frozenset((*own, *flow.keys))


def _sample(flow: FlowFile) -> Variables:
    """Return the sample customer's variables, with some digits for whatever is gathered."""
    edges = (edge for node in flow.nodes.values() for edge in node.edges())
    names = (name.removeprefix("gathered.") for edge in edges for name in edge.sets)
    return {**SAMPLE_VARIABLES, "gathered": dict.fromkeys(names, "12"), "result": {}}


LATE_CHOICE = Check("F302", Severity.WARNING, "late first choice", _find)
