"""What callers dial, as the settings want it, and whether the content can serve them."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.calls.caller_block import BlockTerms
from ivr.engine.content import Content
from ivr.engine.reception import Reception
from ivr.errors import ContentError, Problem
from ivr.flows.flow import Flow
from ivr.flows.manners import Direction
from ivr.phone_number import PhoneNumber, region_of
from ivr.prompts.content_tier import ContentTier
from ivr.settings import Settings, setting_problem


def reception_of(settings: Settings) -> Reception:
    """Return which flow serves which number."""
    callers = settings.callers
    return Reception(
        {line.number: line.flow for line in settings.inbound},
        region_of(PhoneNumber(settings.company.phone)),
        settings.dialing.max_call_seconds,
        {line.number: line.record for line in settings.inbound if line.record is not None},
        {line.number: line.rule for line in settings.inbound if line.rule is not None},
        {line.number: line.most_calls for line in settings.inbound if line.most_calls is not None},
        BlockTerms(callers.calls_an_hour, callers.failed_references, callers.block_for),
        callers.blocked == "reject",
    )


def check_reception(settings: Settings, content: Content) -> None:
    """Raise ContentError for each number whose flow or rule is not there, or that has no flow for callers."""
    problems = list(_problems(settings, content))
    if problems:
        raise ContentError(problems)


def unserved_numbers(settings: Settings, content: Content) -> Iterator[str]:
    """Yield a sentence for each rule that asks to be called at a number that no flow here answers."""
    ours = {line.number for line in settings.inbound}
    for rule in content.book.rules.values():
        if rule.call_back_number is not None and rule.call_back_number not in ours:
            yield (
                f"The rule {rule.name} asks to be called at {rule.call_back_number}, "
                "which no [[inbound]] of the settings serves."
            )


def _problems(settings: Settings, content: Content) -> Iterator[Problem]:
    for index, line in enumerate(settings.inbound):
        if line.rule is not None and line.rule not in content.book.rules:
            wrong = f"there is no rule {line.rule!r}"
            right = f"name one of: {', '.join(content.book.rules)}"
            yield setting_problem(settings, ("inbound", str(index), "rule"), wrong, right)
        flow = content.flows.get(line.flow)
        if flow is None:
            known = ", ".join(name for name, each in content.flows.items() if _can_answer(each))
            wrong, right = f"there is no flow {line.flow!r}", f"name one of: {known or 'none is inbound yet'}"
        elif not _is_inbound(flow.direction):
            wrong = f"the flow {line.flow!r} is for calls that we place"
            right = "name one with `direction: inbound`"
        elif flow.entered_at > ContentTier.ANYONE:
            wrong = f"the flow {line.flow!r} is a part of another one"
            right = "name one that begins with anyone"
        else:
            continue
        yield setting_problem(settings, ("inbound", str(index), "flow"), wrong, right)


def _can_answer(flow: Flow) -> bool:
    return _is_inbound(flow.direction) and flow.entered_at is ContentTier.ANYONE


def _is_inbound(direction: Direction) -> bool:
    return direction is Direction.INBOUND
