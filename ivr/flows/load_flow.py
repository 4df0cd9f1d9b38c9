"""Load a flow: everything that keeps it from running is said at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping

from ivr.content_file import ContentFile, validate_content
from ivr.errors import ContentError
from ivr.flows.catalogue import PromptCatalogue
from ivr.flows.compliance import Profile
from ivr.flows.flow import Flow, FlowFile
from ivr.flows.lint.checks import ERRORS, ERRORS_ACROSS
from ivr.flows.lint.finding import Check
from ivr.flows.lint.subject import FlowSet, Subject
from ivr.flows.surroundings import NOT_LOOKED_AT, Surroundings

NO_PROFILES: Mapping[str, Profile] = {}
"""For flows that name no compliance profile."""


def load_flow(
    content: ContentFile,
    catalogue: PromptCatalogue,
    profiles: Mapping[str, Profile] = NO_PROFILES,
    flows: FlowSet | None = None,
    around: Surroundings = NOT_LOOKED_AT,
    without: Collection[Check] = (),
) -> Flow:
    """Return the flow that `content` describes.

    `flows` are all that there are, this one among them; without them nobody asks whether those that it
    enters are there.

    Raises ContentError with every field that does not fit or, once all fit, with all that the linter calls an
    error: unknown and unreachable nodes, unknown prompts and flows, and what could be said before its content
    tier is reached, among others. What the linter warns of doesn't stand in the way. The checks in `without`
    are left out, because what they compare the flow with is broken itself.
    """
    flow = validate_content(content, FlowFile)
    subject = Subject(content, flow, catalogue, profiles, flows or {}, around)
    checks = ERRORS if flows is None else (*ERRORS, *ERRORS_ACROSS)
    problems = [problem for check in checks if check not in without for problem in check.find(subject)]
    if problems:
        raise ContentError(problems)
    return Flow.model_validate({**content.data, "version": _version(content)})


def _version(content: ContentFile) -> str:
    written = json.dumps(content.data, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(written.encode()).hexdigest()[:16]
