"""F201: a dead end: the call ends after a key, or after silence, and nobody is told."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject
from ivr.flows.lint.ways import ends_mutely, first_speakers
from ivr.flows.nodes.question import QuestionNode
from ivr.flows.nodes.return_ import ReturnNode


def _find(subject: Subject) -> Iterator[Problem]:
    flow = subject.flow
    found: dict[str, str] = {}
    for name in first_speakers(flow, flow.start):
        found.setdefault(name, "the answer")
    for asking, node in flow.nodes.items():
        if isinstance(node, QuestionNode):
            for edge in node.edges():
                for name in first_speakers(flow, edge.to):
                    found.setdefault(name, repr(asking))
    for name, after in found.items():
        node = flow.nodes[name]
        if ends_mutely(node) and not isinstance(node, ReturnNode):
            yield subject.problem(
                ("nodes", name), f"after {after} the call can end here without a word", "give it a `prompt:`"
            )


SILENT_END = Check("F201", Severity.WARNING, "dead end", _find)
