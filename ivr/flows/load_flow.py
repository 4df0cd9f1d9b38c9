"""Load a flow: everything that is wrong with it is said at once."""

from __future__ import annotations

import hashlib
import json

from ivr.content_file import ContentFile, validate_content
from ivr.errors import ContentError
from ivr.flows.catalogue import PromptCatalogue
from ivr.flows.check_graph import check_graph
from ivr.flows.check_prompts import check_prompts
from ivr.flows.flow import Flow, FlowFile


def load_flow(content: ContentFile, catalogue: PromptCatalogue) -> Flow:
    """Return the flow that `content` describes.

    Raises ContentError with every field that does not fit or, once all fit, with every unknown or
    unreachable node, unknown prompt, and prompt that could be said before its content tier is reached.
    """
    validate_content(content, FlowFile)
    flow = Flow.model_validate({**content.data, "version": _version(content)})
    problems = [*check_graph(content, flow), *check_prompts(content, flow, catalogue)]
    if problems:
        raise ContentError(problems)
    return flow


def _version(content: ContentFile) -> str:
    written = json.dumps(content.data, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(written.encode()).hexdigest()[:16]
