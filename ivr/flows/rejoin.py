"""Go on in a call at the very step at which an earlier one of the same person broke off.

What they had keyed that is no secret, and what the flow had set, is theirs again; a proof and a secret never
are: whoever calls has proved anew to be them by the time they come here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ivr.errors import FlowError
from ivr.flows.draft import Draft
from ivr.flows.flow import Flow
from ivr.flows.graph import edges_from
from ivr.flows.node import Node
from ivr.flows.nodes.effect_node import EffectNode
from ivr.flows.nodes.enter_flow import EnterFlowNode
from ivr.flows.nodes.question import QuestionNode
from ivr.flows.nodes.say import SayNode
from ivr.flows.state import Frame, SessionState

_TAKES_UP = (QuestionNode, SayNode)
"""Steps that are begun anew without doing anything twice; a place in a queue, say, is lost."""
_BROUGHT = ("result", "choice")
"""What only an effect brings to speak of: it is not there in a later call."""


def left_at(state: SessionState) -> Mapping[str, object]:
    """Return where a talk stood, as an effect brings it to a later one."""
    here = Frame(state.flow, state.flow_version, state.node, {})
    return {
        "frames": [[frame.flow, frame.flow_version, frame.node] for frame in (*state.frames, here)],
        "own": dict(state.own),
        "own_details": list(state.own_details),
        "gathered": dict(state.gathered),
        "language": state.language,
        "tempo": state.tempo.value,
    }


def rejoin(draft: Draft) -> bool:
    """Be where the last effect says that the earlier call broke off.

    False, and nothing is changed, where that is no step to begin anew, where a flow has changed since, or
    where what follows speaks of what an effect of the earlier call had brought.
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
    return None if _misses_something(draft, flows[-1], frames[-1].node) else flows[-1]


def _misses_something(draft: Draft, flow: Flow, begin: str) -> bool:
    """Say whether anything from a node on, up to the next effect, looks at what an effect had brought."""
    seen, waiting = {begin}, [begin]
    while waiting:
        name = waiting.pop()
        node = flow.nodes[name]
        if any(path.split(".")[0] in _BROUGHT for path in _looked_at(draft, node)):
            return True
        if isinstance(node, EffectNode | EnterFlowNode):
            continue
        ways = {edge.to for edge in edges_from(flow, name) if "result" not in edge.sets} - seen
        seen |= ways
        waiting += ways
    return False


def _looked_at(draft: Draft, node: Node) -> Iterator[str]:
    yield from (use.variable for use in node.uses())
    for mention in node.mentions():
        yield from draft.spoken_of(mention.prompt) - {*mention.knows}


def _frames_in(told: Mapping[str, object]) -> tuple[Frame, ...]:
    written = told.get("frames")
    if not isinstance(written, Sequence):
        return ()
    return tuple(Frame(flow, version, node, {}) for flow, version, node in written)
