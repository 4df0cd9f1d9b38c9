"""F401: what is not for anyone comes after silence: by then a machine may be on the line."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject, whom
from ivr.flows.lint.ways import walked
from ivr.flows.nodes.question import QuestionNode
from ivr.prompts.content_tier import ContentTier


def _find(subject: Subject) -> Iterator[Problem]:
    flow = subject.flow
    after: dict[str, str] = {}
    for asking, node in flow.nodes.items():
        if isinstance(node, QuestionNode) and node.no_input.to is not None:
            for name in walked(flow, node.no_input.to):
                after.setdefault(name, asking)
    for saying in subject.sayings():
        tier = subject.catalogue.tier(saying.prompt)
        if saying.node in after and tier > ContentTier.ANYONE:
            yield subject.problem(
                saying.path,
                f"{saying.prompt!r} is for {whom(tier)}, and silence at {after[saying.node]!r} leads here",
                "let silence lead to a message for anyone",
            )


SILENCE_HEARS_ACCOUNT = Check("F401", Severity.WARNING, "account detail after silence", _find)
