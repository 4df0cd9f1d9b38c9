from ivr.flows.effects import HandToVault, Pay
from ivr.prompts.content_tier import ContentTier
from tests.unit.flows.rehearsal import MARIA, Rehearsal, TinyCatalogue, flow_of, rehearse

PROMPTS = ("who", "wait", "sum", "confirm", "paid", "none", "away", "failed", "sorry", "bye")
CATALOGUE = TinyCatalogue(dict.fromkeys(PROMPTS, ContentTier.ANYONE), slots={"sum": "own.card.ending"})
NODES = """
who: {type: verify, prompt: who, yes: {key: 1, to: vault}, no: {key: 2, to: none}}
vault: {type: vault, prompt: wait, taken: pay, no_card: none, unavailable: away, failed: failed}
pay:
  type: pay
  method: own.card
  summary: sum
  prompt: confirm
  success: paid
  declined: none
  provider_error: none
  unavailable: none
paid: {type: hangup, prompt: paid}
none: {type: hangup, prompt: none}
away: {type: hangup, prompt: away}
failed: {type: hangup, prompt: failed}
"""
CARD = {"id": "m9", "kind": "card", "ending": "44"}


def handed_over() -> Rehearsal:
    person = rehearse(flow_of(NODES, CATALOGUE), CATALOGUE, MARIA).listens().presses("1")
    return person.listens()


def test_it_is_announced_and_then_handed_over() -> None:
    person = handed_over()
    assert person.heard == ["who", "wait"]
    assert isinstance(person.commands[-1], HandToVault)


def test_keys_that_were_pressed_meanwhile_pay_nothing() -> None:
    person = handed_over().presses("1").learns("taken", **CARD)
    assert person.heard[-1] == "sum 44"
    assert person.turn.state.keyed.early == ""


def test_the_card_is_what_a_payment_takes() -> None:
    person = handed_over().learns("taken", **CARD).listens().listens().presses("1")
    payment = person.commands[-1]
    assert isinstance(payment, Pay)
    assert payment.method_id == "m9"


def test_every_other_result_has_its_way() -> None:
    for result, prompt in (("no_card", "none"), ("unavailable", "away"), ("failed", "failed")):
        assert handed_over().learns(result).heard[-1] == prompt


def test_nothing_of_it_may_be_recorded() -> None:
    flow = flow_of(NODES, CATALOGUE)
    assert [name for name, node in flow.nodes.items() if node.is_private] == ["vault"]
