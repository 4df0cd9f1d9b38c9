"""F103: something to be said that no prompt is there for."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from ivr.errors import Problem
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject


def _find(subject: Subject) -> Iterator[Problem]:
    names = subject.catalogue.names()
    said = [(saying.path, saying.prompt) for saying in subject.sayings()]
    said += [(("segments", name), prompt) for name, prompt in subject.flow.segments.items()]
    for path, prompt in said:
        if not subject.catalogue.is_written(prompt):
            close = get_close_matches(prompt, names, n=1)
            right = f"did you mean {close[0]!r}" if close else "add it to the prompts, or name another"
            yield subject.problem(path, f"there is no prompt {prompt!r}", right)


UNKNOWN_PROMPT = Check("F103", Severity.ERROR, "unknown prompt", _find)
