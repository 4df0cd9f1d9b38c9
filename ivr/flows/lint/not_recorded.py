"""F108: a clip that is played has no recording: its text would be spoken where sound was meant."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import FlowError, Problem
from ivr.flows.catalogue import PromptCatalogue
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject
from ivr.prompts.segment import ClipSegment


def _find(subject: Subject) -> Iterator[Problem]:
    known = subject.catalogue.names()
    for name, node in subject.flow.nodes.items():
        for mention in node.mentions():
            if not mention.is_recorded or mention.prompt not in known:
                continue
            spoken = [
                language
                for language in subject.flow.languages
                if not _is_recorded(subject.catalogue, mention.prompt, language)
            ]
            if spoken:
                yield subject.problem(
                    ("nodes", name, *mention.path),
                    f"{mention.prompt!r} has no recording in {', '.join(spoken)}",
                    "record it, or use a say node, which speaks its text",
                )


def _is_recorded(catalogue: PromptCatalogue, prompt: str, language: str) -> bool:
    try:
        segments = catalogue.render(prompt, language, {})
    except FlowError:
        return False  # it has slots, which no recording can fill
    return all(isinstance(segment, ClipSegment) and segment.language == language for segment in segments)


NOT_RECORDED = Check("F108", Severity.ERROR, "clip without a recording", _find)
