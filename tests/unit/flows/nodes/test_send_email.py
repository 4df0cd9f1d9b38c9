import pytest

from ivr.flows.effects import SendMessage
from tests.unit.flows.rehearsal import flow_of, for_anyone, rehearse

CATALOGUE = for_anyone("sent", "failed")
NODES = """
send:
  type: send_email
  message: payment-link
  values: {owed: "{{ account.amount_due }}"}
  sent: sent
  failed: failed
sent: {type: hangup, prompt: sent}
failed: {type: hangup, prompt: failed}
"""


def test_a_template_goes_out_with_its_values() -> None:
    call = rehearse(flow_of(NODES, CATALOGUE), CATALOGUE)
    assert call.commands[-1] == SendMessage(1, "email", "payment-link", {"owed": "120.50 USD"})


@pytest.mark.parametrize(
    ("result", "said"), [("sent", "sent"), ("no_address", "failed"), ("failed", "failed")]
)
def test_the_result_leads(result: str, said: str) -> None:
    assert rehearse(flow_of(NODES, CATALOGUE), CATALOGUE).learns(result).heard == [said]
