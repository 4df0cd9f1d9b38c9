"""F110: a webhook that the settings do not name; it would fail in every call."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject
from ivr.flows.nodes.webhook import WebhookNode


def _find(subject: Subject) -> Iterator[Problem]:
    known = subject.around.endpoints
    for name, node in subject.flow.nodes.items():
        if isinstance(node, WebhookNode) and known is not None and node.endpoint not in known:
            there = ", ".join(sorted(known)) or "none is there"
            yield subject.problem(
                ("nodes", name, "endpoint"),
                f"the settings have no webhook named {node.endpoint!r}",
                f"name one of [[webhooks]]: {there}",
            )


UNKNOWN_ENDPOINT = Check("F110", Severity.ERROR, "unknown webhook", _find)
