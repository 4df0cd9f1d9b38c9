"""What was meant in a talk, by the matter that was open at the time."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.flows.state import SessionState
from ivr.outcomes.response import Response

Responses = tuple[tuple[Response, Mapping[str, object]], ...]


def by_matter(state: SessionState) -> tuple[Responses, Mapping[str, Responses]]:
    """Return what was meant about no matter, and what about each alert that was taken up, in their order."""
    about_none: Responses = ()
    found: dict[str, Responses] = {}
    for alert_id, meant in _spans(state):
        if alert_id is None:
            about_none = (*about_none, *meant)
        else:
            found[alert_id] = (*found.get(alert_id, ()), *meant)
    return about_none, found


def meant_about(alert_id: str, state: SessionState) -> Responses:
    """Return what was meant about the alert that a call is placed for: not what somebody else meant since."""
    (_, at_first), *later = _spans(state)
    return sum((meant for matter, meant in later if matter == alert_id), at_first)


def _spans(state: SessionState) -> list[tuple[str | None, Responses]]:
    """Return each matter with what was meant while it was open; before the first there is none."""
    responses = tuple(state.responses)
    begun = [(None, 0), *state.matters]
    ends = [*(begins for _, begins in state.matters), len(responses)]
    return [(matter, responses[begins:end]) for (matter, begins), end in zip(begun, ends, strict=True)]
