"""Every check there is, in the order of the codes."""

from __future__ import annotations

from ivr.flows.lint.finding import Check
from ivr.flows.lint.node_too_early import NODE_TOO_EARLY
from ivr.flows.lint.prompt_too_early import PROMPT_TOO_EARLY
from ivr.flows.lint.two_keys_alike import TWO_KEYS_ALIKE
from ivr.flows.lint.unknown_node import UNKNOWN_NODE
from ivr.flows.lint.unknown_profile import UNKNOWN_PROFILE
from ivr.flows.lint.unknown_prompt import UNKNOWN_PROMPT
from ivr.flows.lint.unreachable_node import UNREACHABLE_NODE

ERRORS: tuple[Check, ...] = (
    UNKNOWN_NODE,
    UNREACHABLE_NODE,
    UNKNOWN_PROMPT,
    TWO_KEYS_ALIKE,
    PROMPT_TOO_EARLY,
    NODE_TOO_EARLY,
    UNKNOWN_PROFILE,
)
"""What load_flow refuses. They must bear a flow whose targets and prompts may not be there."""

WARNINGS: tuple[Check, ...] = ()
"""What load_flow lets pass. They look at flows without errors only."""
