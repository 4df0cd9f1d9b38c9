import pytest

from ivr.flows.effects import CallWebhook
from tests.unit.flows.rehearsal import Rehearsal, flow_of, for_anyone, rehearse

CATALOGUE = for_anyone("told", "failed")
NODES = """
ask:
  type: webhook
  endpoint: order-status
  send: {account: "{{ account.id }}", due: "{{ account.due_on }}", owed: "{{ account.amount_due }}", n: 1}
  keep: {status: order.status, eta: order.days}
  timeout: 2
  answered: told
  failed: failed
told: {type: hangup, prompt: told}
failed: {type: hangup, prompt: failed}
"""


@pytest.fixture
def call() -> Rehearsal:
    return rehearse(flow_of(NODES, CATALOGUE), CATALOGUE)


def test_json_is_sent_to_a_named_endpoint(call: Rehearsal) -> None:
    sent = {"account": "a1", "due": "2026-03-01", "owed": "120.50 USD", "n": 1}
    assert call.commands[-1] == CallWebhook(1, "order-status", sent, 2.0)


def test_parts_of_the_answer_become_variables(call: Rehearsal) -> None:
    call.learns("answered", answer={"order": {"status": "sent", "days": 2, "more": [1]}})
    assert call.turn.state.own == {"status": "sent", "eta": 2}
    assert call.heard == ["told"]


@pytest.mark.parametrize(
    ("result", "answer"),
    [
        ("timed_out", None),
        ("failed", None),
        ("answered", {"order": {"status": "sent"}}),
        ("answered", ["no", "object"]),
        ("answered", None),
    ],
)
def test_without_all_of_it_the_failure_path_is_taken_and_nothing_kept(
    call: Rehearsal, result: str, answer: object
) -> None:
    assert call.learns(result, answer=answer).heard == ["failed"]
    assert call.turn.state.own == {}
