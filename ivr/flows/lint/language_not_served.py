"""F802: a flow is entered, or come back from, in a language that the next words are not meant for."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.flow import FlowFile
from ivr.flows.lint.entering import entries, within
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject
from ivr.flows.nodes.return_ import ReturnNode
from ivr.flows.nodes.set_language import SetLanguageNode


def _find(subject: Subject) -> Iterator[Problem]:
    served = subject.flow.languages
    for entry in entries(subject):
        name = entry.node.flow
        if missing := [language for language in served if language not in entry.flow.flow.languages]:
            yield subject.problem(
                entry.path,
                f"the flow {name!r} does not serve {', '.join(missing)}, which this one does",
                "add it to that flow's `languages:`, or take it out of this one's",
            )
        if brought := [language for language in _comes_back_in(entry.flow) if language not in served]:
            yield subject.problem(
                entry.path,
                f"the flow {name!r} can come back in {', '.join(brought)}, which this one does not serve",
                "add it to this flow's `languages:`",
            )


def _comes_back_in(subject: Subject) -> list[str]:
    """Return the languages that are set before a flow returns, by itself or by one that returned to it."""
    returning = [flow.flow for flow in within(subject) if _returns(flow.flow)]
    nodes = [node for flow in returning for node in flow.nodes.values()] if _returns(subject.flow) else []
    return list(dict.fromkeys(node.language for node in nodes if isinstance(node, SetLanguageNode)))


def _returns(flow: FlowFile) -> bool:
    return any(isinstance(node, ReturnNode) for node in flow.nodes.values())


LANGUAGE_NOT_SERVED = Check("F802", Severity.WARNING, "language that the entered flow lacks", _find)
