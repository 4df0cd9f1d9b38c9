"""Are the messages there that a rule confirms outcomes with, and can they say all that they want to?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ivr.content_file import ContentFile
from ivr.errors import Problem
from ivr.messages.template import MessageTemplate
from ivr.rules.confirm_terms import Confirmed
from ivr.rules.rule import Rule


def check_confirmations(
    files: Sequence[ContentFile],
    rules: Mapping[str, Rule],
    messages: Mapping[str, MessageTemplate],
) -> list[Problem]:
    """Return a problem for each message that a rule names and that is not there, or that lacks something."""
    return [
        problem
        for file in files
        if (rule := rules.get(str(file.data.get("name")))) is not None
        for problem in _of_rule(file, rule, messages)
    ]


def _of_rule(file: ContentFile, rule: Rule, messages: Mapping[str, MessageTemplate]) -> Iterator[Problem]:
    written = file.data.get("confirm")
    for outcome in Confirmed:
        name, path = rule.confirm.message(outcome), ("confirm", outcome.value)
        template = messages.get(name or "")
        if template is None:
            # The usual messages are written where they are there, and nobody has to have them.
            if name is not None and isinstance(written, dict) and outcome.value in written:
                right = f"use one of {', '.join(sorted(messages))}" if messages else "add one"
                yield file.problem(path, f"there is no message named {name!r}", right)
            continue
        if lacking := sorted(set(template.values) - outcome.values):
            wrong = f"the message {name!r} wants {lacking[0]!r}, which nobody gives it when it confirms this"
            right = f"use of `values` only {', '.join(sorted(outcome.values))}"
            yield file.problem(path, wrong, right)
        if template.link is not None:
            wrong = f"the message {name!r} holds a link; what confirms something has none"
            yield file.problem(path, wrong, "name a message without one")
