"""Language, topic and segment choose the queue and the place in it; whom we called is ahead of all others."""

from __future__ import annotations

import pytest

from ivr.flows.effects import Transfer
from tests.unit.flows.rehearsal import MARIA, Rehearsal, flow_of, for_anyone, rehearse

CATALOGUE = for_anyone("thanks", "sorry")
NODES = """
agent:
  type: transfer
  queue: front-desk
  priority: 1
  routes:
    - {when: {variable: customer.segment, equals: gold}, queue: gold, priority: 50}
    - {when: {variable: alert.topic, equals: payments}, queue: collections}
    - {when: {variable: customer.language, equals: es}, queue: spanish}
  done: thanks
  no_agent: sorry
  failed: sorry
thanks: {type: hangup, prompt: thanks}
sorry: {type: hangup, prompt: sorry}
"""


def queued(direction: str, **known: object) -> tuple[str, int]:
    """Return the queue and the priority of somebody of whom this is known."""
    customer = {"name": "Maria", "language": "en", "segment": None} | known
    alert = {"topic": customer.pop("topic")} if "topic" in customer else None
    variables = {**MARIA, "customer": customer, "alert": alert, "call": {"direction": direction}}
    call: Rehearsal = rehearse(flow_of(NODES, CATALOGUE), CATALOGUE, variables)
    effect = call.turn.state.effect
    assert isinstance(effect, Transfer)
    return effect.queue, effect.priority


@pytest.mark.parametrize(
    ("known", "queue"),
    [
        ({"segment": "gold", "language": "es"}, ("gold", 50)),
        ({"topic": "payments"}, ("collections", 0)),
        ({"language": "es"}, ("spanish", 0)),
        ({}, ("front-desk", 1)),
    ],
)
def test_the_first_route_that_holds_is_taken(known: dict[str, object], queue: tuple[str, int]) -> None:
    assert queued("inbound", **known) == queue


def test_whom_we_called_is_ahead_of_every_caller() -> None:
    assert queued("outbound", topic="payments") == ("collections", 100)
    assert queued("outbound", topic="payments")[1] > queued("inbound", segment="gold")[1]
