"""Does every flow promise only what the rule that calls with it allows?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from ivr.content_file import ContentFile
from ivr.errors import Problem
from ivr.flows.choice import Choice
from ivr.flows.flow import Flow
from ivr.flows.graph import flows_within
from ivr.flows.nodes.choosing import ChoosingNode
from ivr.flows.nodes.respond import RespondNode
from ivr.money import Money
from ivr.outcomes.promised import Promised, objection, read_promised
from ivr.outcomes.response import Response
from ivr.rules.rule import Rule

_SOME_DUE, _SOME_DAY = Money(10_000, "USD"), date(2026, 1, 1)
"""Days and parts are judged alike for every amount and day."""


def check_promises(
    files: Sequence[ContentFile], rules: Mapping[str, Rule], flows: Mapping[str, Flow]
) -> list[Problem]:
    """Return a problem for each promise in a rule's flows that is beyond the rule's limits."""
    return [
        problem
        for file in files
        if (rule := rules.get(str(file.data.get("name")))) is not None
        for index, step in enumerate(rule.plan)
        if step.flow in flows
        for problem in _beyond(file, rule, index, flows_within(flows[step.flow], flows))
    ]


def _beyond(file: ContentFile, rule: Rule, step: int, within: Iterable[Flow]) -> Iterator[Problem]:
    limits = rule.promise.limits(_SOME_DUE)
    for flow in within:
        for where, promised in _promises(flow):
            if objection(_of_all(promised), limits, _SOME_DUE, _SOME_DAY) is not None:
                told = f"flow {flow.name} promises at {where} what the rule does not allow"
                right = f"allow it ({_allowance(promised)}), or change the flow"
                yield file.problem(("plan", step, "flow"), told, right)


def _of_all(promised: Promised) -> Promised:
    """Leave an amount out: whether it is within the limits is known in the call only."""
    return promised.model_copy(update={"amount_minor": None, "currency": None})


def _allowance(promised: Promised) -> str:
    days = f"most_days: {promised.within_days}" if promised.within_days is not None else ""
    parts = f"most_parts: {promised.parts}" if promised.parts > 1 else ""
    return "promise: {" + ", ".join(filter(None, (days, parts))) + "}"


def _promises(flow: Flow) -> Iterator[tuple[str, Promised]]:
    yield from _of_choices("keys", flow.keys)
    for name, node in flow.nodes.items():
        if isinstance(node, RespondNode) and node.response is Response.PROMISED:
            yield f"nodes.{name}", read_promised(node.details)
        elif isinstance(node, ChoosingNode):
            yield from _of_choices(f"nodes.{name}.keys", node.own_choices())


def _of_choices(where: str, choices: Mapping[str, Choice]) -> Iterator[tuple[str, Promised]]:
    for key, choice in choices.items():
        if choice.response is Response.PROMISED:
            yield f"{where}.{key}", read_promised(choice.details)
