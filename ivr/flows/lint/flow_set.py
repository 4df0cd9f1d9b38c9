"""The flows that can enter each other, as the checks look at them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ivr.content_file import ContentFile, validate_content
from ivr.errors import ContentError
from ivr.flows.catalogue import PromptCatalogue
from ivr.flows.compliance import Profile
from ivr.flows.flow import FlowFile
from ivr.flows.lint.subject import FlowSet, Subject


def flow_set(
    files: Iterable[ContentFile], catalogue: PromptCatalogue, profiles: Mapping[str, Profile]
) -> FlowSet:
    """Return the flows of `files` by name: of two files with one name, the first.

    A file whose fields don't fit is not complained of here; its name counts, so that whoever enters it is not
    told that it is missing.
    """
    flows: dict[str, Subject | None] = {}
    for content in files:
        name = str(content.data.get("name"))
        if name in flows:
            continue
        try:
            flow = validate_content(content, FlowFile)
        except ContentError:
            flows[name] = None
        else:
            flows[name] = Subject(content, flow, catalogue, profiles, flows)
    return flows
