"""F301: a prompt that is not written in a language which the flow serves."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject


def _find(subject: Subject) -> Iterator[Problem]:
    for saying in subject.sayings():
        written = subject.catalogue.languages(saying.prompt)
        for language in subject.flow.languages:
            if not written & {language, language.partition("-")[0]}:
                yield subject.problem(
                    saying.path,
                    f"{saying.prompt!r} is not written in {language!r}",
                    f"write it in prompts/{language}, or take {language!r} out of the flow's `languages:`",
                )


MISSING_LANGUAGE = Check("F301", Severity.WARNING, "prompt missing in a language", _find)
