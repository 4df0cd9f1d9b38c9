"""F112: a message that no template is there for, or that it can't be sent by: it would always fail."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from ivr.accounts.contact_point import Medium
from ivr.errors import Problem
from ivr.flows.account_details import tells_of_account
from ivr.flows.fill_in import variables_in
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject
from ivr.flows.nodes.sending import SendingNode
from ivr.flows.surroundings import MessageOutline
from ivr.prompts.content_tier import ContentTier


def _find(subject: Subject) -> Iterator[Problem]:
    known = subject.around.messages
    for name, node in subject.flow.nodes.items():
        if not isinstance(node, SendingNode) or known is None:
            continue
        if (template := known.get(node.message)) is None:
            close = get_close_matches(node.message, known, n=1)
            right = f"did you mean {close[0]!r}" if close else "write it in messages/, or name another"
            wrong = f"there is no message {node.message!r}"
            yield subject.problem(("nodes", name, "message"), wrong, right)
        else:
            yield from _unfit(subject, name, node, template)


def _unfit(subject: Subject, name: str, node: SendingNode, template: MessageOutline) -> Iterator[Problem]:
    place = ("nodes", name)
    if Medium(node.medium) not in template.media:
        wrong = f"{node.message!r} is not written for {node.medium}"
        yield subject.problem((*place, "message"), wrong, f"add `{node.medium}` to it, or name another")
    for value in sorted(set(template.values) - set(node.values)):
        right = f"write `{value}` below `values`"
        yield subject.problem((*place, "values"), f"{node.message!r} needs the value {value!r}", right)
    for value in sorted(set(node.values) - set(template.values)):
        wrong = f"{node.message!r} has no use for the value {value!r}"
        yield subject.problem((*place, "values", value), wrong, "leave it out, or declare it there")
    if template.tier is ContentTier.ANYONE:
        for value, written in node.values.items():
            spoken = variables_in(written)
            if told := [each for each in spoken if tells_of_account(each, subject.own_details)]:
                wrong = f"anyone may read {node.message!r}, and this tells of {told[0]}"
                yield subject.problem((*place, "values", value), wrong, "leave it out, or raise the tier")


UNKNOWN_MESSAGE = Check("F112", Severity.ERROR, "message that can't be sent", _find)
