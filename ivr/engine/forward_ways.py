"""How the alerts of a rule may be passed on, under the compliance profiles of its flows."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.accounts.contact_point import Medium
from ivr.engine.contact_media import contact_media
from ivr.engine.content import Content
from ivr.engine.messaging import Messaging
from ivr.engine.ports import Transaction
from ivr.flows.compliance import ForwardWay, Profile
from ivr.flows.flow import Flow
from ivr.rules.rule import Rule


def forward_ways(
    rule: Rule, flows: Mapping[str, Flow], profiles: Mapping[str, Profile]
) -> tuple[ForwardWay, ...]:
    """Return the ways that all profiles of the rule's flows allow, the preferred one first.

    None is allowed by a flow that is held to no profile, or to one that says nothing of it.
    """
    allowed = [ways_under(profiles.get(flow.profile or "")) for flow in _flows_of(rule, flows)]
    first = allowed[0] if allowed else ()
    return tuple(way for way in first if all(way in ways for ways in allowed))


def forward_way(
    tx: Transaction, content: Content, messaging: Messaging, rule: Rule, customer_id: str
) -> ForwardWay | None:
    """Return the way that is taken for a customer's alert: the first that there are means for; None without.

    A link needs an address of the customer's, a text somebody who delivers it.
    """
    media = contact_media(tx, messaging, customer_id)
    sends_texts = messaging.link_base is not None and Medium.SMS in messaging.messengers
    means = {ForwardWay.CALL: True, ForwardWay.TEXT: sends_texts, ForwardWay.LINK: bool(media)}
    ways = forward_ways(rule, content.flows, content.profiles)
    return next((way for way in ways if means[way]), None)


def ways_under(profile: Profile | None) -> tuple[ForwardWay, ...]:
    """Return the ways that a profile allows."""
    return () if profile is None or profile.forward is None else profile.forward.by


def _flows_of(rule: Rule, flows: Mapping[str, Flow]) -> list[Flow]:
    return [flows[step.flow] for step in rule.plan if step.flow in flows]
