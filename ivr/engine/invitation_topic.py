"""What a monthly invitation to pay is about, so that an opt-out of that covers it."""

from __future__ import annotations

from ivr.engine.content import Content

RULE = "payment-invitation"
"""The rule that answers the event of an invitation."""
_WITHOUT_RULE = "payments"


def invitation_topic(content: Content, said: str | None) -> str:
    """Return what the talk was about in which it was agreed, else the topic of that rule."""
    rule = content.book.rules.get(RULE)
    return said or (_WITHOUT_RULE if rule is None else rule.topic)
