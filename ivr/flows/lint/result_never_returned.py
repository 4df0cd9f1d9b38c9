"""F804: a way for a result that the entered flow never returns: nobody can ever go it.

The other way about nothing can be missing: `next` is the way for every result that has none of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from ivr.errors import Problem
from ivr.flows.lint.entering import entries
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject
from ivr.flows.nodes.return_ import ReturnNode


def _find(subject: Subject) -> Iterator[Problem]:
    for entry in entries(subject):
        nodes = entry.flow.flow.nodes.values()
        results = list(dict.fromkeys(node.result for node in nodes if isinstance(node, ReturnNode)))
        for result in entry.node.returns:
            if result not in results:
                close = get_close_matches(result, results, n=1)
                right = f"did you mean {close[0]!r}" if close else _right(results)
                yield subject.problem(
                    ("nodes", entry.name, "returns", result),
                    f"the flow {entry.node.flow!r} never returns {result!r}",
                    right,
                )


def _right(results: list[str]) -> str:
    if not results:
        return "remove it, or give that flow a `return` node"
    return f"it returns {', '.join(results)}"


RESULT_NEVER_RETURNED = Check("F804", Severity.WARNING, "result that never comes back", _find)
