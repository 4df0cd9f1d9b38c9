"""Rules with the retry rules and calling hours that they name: all there, or every problem is told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ivr.attempts.retry_rule import RetryRule, load_retry_rules
from ivr.calling_hours import CallingHours
from ivr.content_file import ContentFile, Path
from ivr.errors import ContentError, Problem
from ivr.rules.load import load_hours, load_rules
from ivr.rules.rule import Rule

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Everything that decides whom to call and when, by name."""

    rules: Mapping[str, Rule]
    retry_rules: Mapping[str, RetryRule]
    hours: Mapping[str, CallingHours]

    def retry_rule_of(self, rule: Rule) -> RetryRule:
        """Return the retry rule that `rule` names."""
        return self.retry_rules[rule.retry]

    def hours_of(self, rule: Rule) -> CallingHours:
        """Return the calling hours that `rule` names."""
        return self.hours[rule.hours]


def load_rule_book(
    rules: Sequence[ContentFile],
    retry_rules: Sequence[ContentFile],
    hours: Sequence[ContentFile],
    flows: Collection[str],
    sub_flows: Collection[str] = (),
) -> RuleBook:
    """Load all three kinds of file; `flows` are the names of the flows that exist.

    `sub_flows` are those among them that only another flow may enter.

    Raises ContentError with every problem of every file, names that lead nowhere included.
    """
    problems: list[Problem] = []
    book = RuleBook(
        {rule.name: rule for rule in _loaded(load_rules, rules, problems)},
        {rule.name: rule for rule in _loaded(load_retry_rules, retry_rules, problems)},
        {each.name: each for each in _loaded(load_hours, hours, problems)},
    )
    retry_names, hours_names = _names(retry_rules), _names(hours)
    for content in rules:
        named = content.data
        problems += _dangling(content, "retry rule", ("retry",), named.get("retry"), retry_names)
        problems += _dangling(content, "calling hours", ("hours",), named.get("hours"), hours_names)
        problems += _dangling_flows(content, flows, sub_flows)
        forward = named.get("forward")
        if isinstance(forward, dict):
            retry = forward.get("retry")
            problems += _dangling(content, "retry rule", ("forward", "retry"), retry, retry_names)
            for field in ("flow", "told"):
                problems += _dangling(content, "flow", ("forward", field), forward.get(field), flows)
    if problems:
        raise ContentError(problems)
    return book


def _loaded(
    load: Callable[[Sequence[ContentFile]], tuple[T, ...]],
    contents: Sequence[ContentFile],
    problems: list[Problem],
) -> tuple[T, ...]:
    try:
        return load(contents)
    except ContentError as error:
        problems.extend(error.problems)
        return ()


def _names(contents: Sequence[ContentFile]) -> set[str]:
    # As written, so that a file with a problem of its own makes no second one where it is named.
    return {str(content.data.get("name")) for content in contents}


def _dangling(
    content: ContentFile, kind: str, path: Path, name: object, known: Collection[str]
) -> list[Problem]:
    if not isinstance(name, str) or name in known:
        # What is no name at all is told by the model.
        return []
    right = f"use one of {', '.join(sorted(known))}" if known else "add one"
    return [content.problem(path, f"there is no {kind} named {name!r}", right)]


def _dangling_flows(
    content: ContentFile, flows: Collection[str], sub_flows: Collection[str]
) -> list[Problem]:
    plan = content.data.get("plan")
    problems: list[Problem] = []
    for index, step in enumerate(plan if isinstance(plan, list) else []):
        if not isinstance(step, dict):
            continue
        path: Path = ("plan", index, "flow")
        name = step.get("flow")
        problems += _dangling(content, "flow", path, name, flows)
        if isinstance(name, str) and name in sub_flows:
            wrong = f"the flow {name!r} counts on a listener whom another flow has made sure of"
            problems.append(content.problem(path, wrong, "name the flow that enters it"))
    return problems
