"""Go on in a call at the very step at which an earlier one of the same person broke off.

What they had keyed that is no secret, and what the flow had set, is theirs again; a proof and a secret never
are: whoever calls has proved anew to be them by the time they come here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ivr.errors import FlowError
from ivr.flows.draft import Draft
from ivr.flows.flow import Flow
from ivr.flows.nodes.question import QuestionNode
from ivr.flows.nodes.say import SayNode
from ivr.flows.state import Frame, SessionState

_TAKES_UP = (QuestionNode, SayNode)
"""Steps that are begun anew without doing anything twice; a place in a queue, say, is lost."""


def left_at(state: SessionState) -> Mapping[str, object]:
    """Return where a talk stood, as an effect brings it to a later one."""
    here = Frame(state.flow, state.flow_version, state.node, {})
    return {
        "frames": [[frame.flow, frame.flow_version, frame.node] for frame in (*state.frames, here)],
        "own": dict(state.own),
        "own_details": list(state.own_details),
        "gathered": dict(state.gathered),
        "language": state.language,
    }


def rejoin(draft: Draft) -> bool:
    """Be where the last effect says that the earlier call broke off.

    False, and nothing is changed, where that is no step to begin anew, or where a flow has changed since.
    """
    frames = _frames_in(draft.result)
    playing = _playing(draft, frames)
    if playing is None:
        return False
    told, here = draft.result, frames[-1]
    draft.keyed = draft.keyed.after_leaving(draft.node)
    draft.take_up(told)
    draft.be_in(playing, frames[:-1], here)
    return True


def _playing(draft: Draft, frames: Sequence[Frame]) -> Flow | None:
    """Return the flow of the last frame, where the call may go on there."""
    first = draft.frames[0] if draft.frames else draft
    if not frames or (frames[0].flow, frames[0].flow_version) != (first.flow, first.flow_version):
        return None
    try:
        flows = [draft.flows.of_version(frame.flow, frame.flow_version) for frame in frames]
    except FlowError:
        return None
    node = flows[-1].nodes.get(frames[-1].node)
    is_sure = draft.tier >= max(flow.entered_at for flow in flows)
    if not is_sure or not isinstance(node, _TAKES_UP) or node.least_tier > draft.tier:
        return None
    return flows[-1]


def _frames_in(told: Mapping[str, object]) -> tuple[Frame, ...]:
    written = told.get("frames")
    if not isinstance(written, Sequence):
        return ()
    return tuple(Frame(flow, version, node, {}) for flow, version, node in written)
