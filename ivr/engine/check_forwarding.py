"""May a rule's alerts be passed on as it says, and does whoever gets one hear only what is for them?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ivr.content_file import ContentFile
from ivr.engine.forward_ways import forward_ways, ways_under
from ivr.errors import Problem
from ivr.flows.compliance import Profile
from ivr.flows.flow import Flow, Listener
from ivr.flows.graph import flows_within
from ivr.flows.nodes.forward import ForwardNode
from ivr.flows.nodes.forward_link import ForwardLinkNode
from ivr.rules.forward_terms import ForwardTerms
from ivr.rules.rule import Rule


def check_forwarding(
    files: Sequence[ContentFile],
    rules: Mapping[str, Rule],
    flows: Mapping[str, Flow],
    profiles: Mapping[str, Profile],
) -> list[Problem]:
    """Return a problem for each rule that passes on what it may not, or to whom it may not speak so."""
    return [
        problem
        for file in files
        if (rule := rules.get(str(file.data.get("name")))) is not None
        for problem in (
            *_steps(file, rule, flows),
            *(_terms(file, rule, rule.forward, flows, profiles) if rule.forward else ()),
        )
    ]


def _steps(file: ContentFile, rule: Rule, flows: Mapping[str, Flow]) -> Iterator[Problem]:
    for index, step in enumerate(rule.plan):
        if (flow := flows.get(step.flow)) is None:
            continue
        if flow.listener is Listener.THIRD_PARTY:
            wrong = f"the flow {flow.name!r} is for people to whom an alert was passed on, not for customers"
            yield file.problem(("plan", index, "flow"), wrong, "name a flow that talks to the customer")
        passes_on = (each for each in flows_within(flow, flows) if _has_forward(each))
        if rule.forward is None and (passing := next(passes_on, None)) is not None:
            wrong = f"the flow {passing.name!r} passes alerts on, and the rule does not say how"
            yield file.problem(("plan", index, "flow"), wrong, "add `forward:`, or name another flow")


def _has_forward(flow: Flow) -> bool:
    return any(isinstance(node, ForwardNode | ForwardLinkNode) for node in flow.nodes.values())


def _terms(
    file: ContentFile,
    rule: Rule,
    terms: ForwardTerms,
    flows: Mapping[str, Flow],
    profiles: Mapping[str, Profile],
) -> Iterator[Problem]:
    told = flows.get(terms.flow)
    if told is not None and told.listener is not Listener.THIRD_PARTY:
        wrong = f"the flow {told.name!r} is for customers, and could tell others of an account"
        yield file.problem(("forward", "flow"), wrong, "name a flow with `listener: third_party`")
    telling = flows.get(terms.told or "")
    if telling is not None and telling.listener is not Listener.CUSTOMER:
        wrong = f"the flow {telling.name!r} is for people to whom an alert was passed on, not for customers"
        yield file.problem(("forward", "told"), wrong, "name a flow that talks to the customer")
    never = [
        flow
        for step in rule.plan
        if (flow := flows.get(step.flow)) and not ways_under(profiles.get(flow.profile or ""))
    ]
    for flow in never[:1]:
        wrong = f"the flow {flow.name!r} is held to {_held(flow, profiles)}: its alerts are never passed on"
        yield file.problem(("forward",), wrong, "remove `forward:`")
    if not never and rule.plan and not forward_ways(rule, flows, profiles):
        wrong = "the profiles of its flows have no way in common to pass an alert on"
        yield file.problem(("forward",), wrong, "remove `forward:`")


def _held(flow: Flow, profiles: Mapping[str, Profile]) -> str:
    if flow.profile is None:
        return "no compliance profile"
    profile = profiles.get(flow.profile)
    section = f" ({profile.forward.section})" if profile and profile.forward else ""
    return f"{flow.profile}{section}"
