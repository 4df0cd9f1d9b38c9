"""F202: a loop that goes round with nobody touching a key: a machine would hear it to the call's limit."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject
from ivr.flows.lint.ways import unprompted_targets, walked


def _find(subject: Subject) -> Iterator[Problem]:
    flow = subject.flow
    comes_to = {
        name: {node for target in unprompted_targets(flow, name) for node in walked(flow, target)}
        for name in flow.nodes
    }
    told: set[str] = set()
    for name, reached in comes_to.items():
        if name not in reached or name in told:
            continue
        loop = [node for node in flow.nodes if node in reached and name in comes_to[node]]
        told.update(loop)
        yield subject.problem(
            ("nodes", name),
            f"{' → '.join([*loop, name])} goes round without a key",
            "let silence lead to an end, or go back by a `repeat` node, which counts",
        )


LOOP_WITHOUT_INPUT = Check("F202", Severity.WARNING, "loop without input", _find)
