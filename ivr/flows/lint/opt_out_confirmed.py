"""F116: an opt-out that asks for a second key, or does not, against what the compliance profile says.

A word to stop counts on the key. Only a profile can ask for more, so that no flow makes it hard to be left
alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivr.errors import Problem
from ivr.flows.lint.finding import Check, Severity
from ivr.flows.lint.subject import Subject
from ivr.flows.nodes.opt_out import OptOutNode


def _find(subject: Subject) -> Iterator[Problem]:
    profile = subject.profile
    source = profile.opt_out_confirmed if profile else None
    for name, node in subject.flow.nodes.items():
        if not isinstance(node, OptOutNode):
            continue
        if source is not None and node.confirm is None:
            yield subject.problem(
                ("nodes", name),
                f"it counts at once, and the profile asks for a second key ({source.section})",
                "add `confirm: {prompt: …, otherwise: …}`",
            )
        if source is None and node.confirm is not None:
            yield subject.problem(
                ("nodes", name, "confirm"),
                "it asks for a second key, and no profile does",
                "remove `confirm`: a word to stop counts on the key",
            )


OPT_OUT_CONFIRMED = Check("F116", Severity.ERROR, "opt-out against the profile", _find)
