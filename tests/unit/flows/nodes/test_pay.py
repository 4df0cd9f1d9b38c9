from typing import Any

import pytest

from ivr.errors import ContentError
from ivr.flows.effects import Pay
from ivr.flows.variables import Variables
from ivr.money import Money
from ivr.prompts.content_tier import ContentTier
from tests.unit.flows.rehearsal import MARIA, Rehearsal, TinyCatalogue, flow_of, rehearse

CATALOGUE = TinyCatalogue(
    {
        **dict.fromkeys(
            ("who", "wait", "paid", "declined", "unknown", "link", "settled", "none", "sorry", "bye"),
            ContentTier.ANYONE,
        ),
        **dict.fromkeys(("summary", "confirm"), ContentTier.CONFIRMED),
    }
)
NODES = """
who: {type: verify, prompt: who, yes: {key: 1, to: pay}, no: {key: 2, to: none}}
pay:
  type: pay
  summary: summary
  prompt: confirm
  keys: {2: none}
  wait: wait
  success: paid
  declined: declined
  provider_error: unknown
  link: link
  settled: settled
  unavailable: none
paid: {type: hangup, prompt: paid}
declined: {type: hangup, prompt: declined}
unknown: {type: hangup, prompt: unknown}
link: {type: hangup, prompt: link}
settled: {type: hangup, prompt: settled}
none: {type: hangup, prompt: none}
"""
PAY = "pay 120.50 USD a1 pm1"


def call(variables: Variables = MARIA) -> Rehearsal:
    return rehearse(flow_of(NODES, CATALOGUE), CATALOGUE, variables)


def test_the_amount_is_heard_and_confirmed_before_it_is_paid() -> None:
    person = call().listens().presses("1").listens()
    assert person.heard == ["who", "summary", "confirm"]
    assert PAY not in person.transcript
    assert person.presses("1").listens().transcript[-3:] == ["say pay: wait", "checkpoint", PAY]


@pytest.mark.parametrize("keys", ["11", "1111"])
def test_neither_a_key_pressed_ahead_nor_a_doubled_one_pays(keys: str) -> None:
    assert PAY not in call().presses(keys).listens().transcript


@pytest.mark.parametrize(
    ("result", "said", "response"),
    [
        ("success", "paid", "paid {'amount': '120.50 USD'}"),
        ("declined", "declined", "payment_declined"),
        ("max_failed_attempts", "declined", "payment_declined"),
        ("provider_error", "unknown", "payment_unknown"),
    ],
)
def test_each_result_has_its_way_and_its_response(result: str, said: str, response: str) -> None:
    person = call().listens().presses("1").listens().presses("1").listens().learns(result)
    assert person.transcript[-3:] == [f"respond {response}", "checkpoint", f"say {said}: {said}"]


@pytest.mark.parametrize(("result", "said"), [("requires_action", "link"), ("settled", "settled")])
def test_what_was_not_charged_and_not_declined_has_a_way_of_its_own(result: str, said: str) -> None:
    person = call().listens().presses("1").listens().presses("1").listens().learns(result).listens()
    assert person.heard[-1] == said
    assert not any(line.startswith("respond pa") for line in person.transcript)


@pytest.mark.parametrize(("result", "said"), [("requires_action", "declined"), ("settled", "none")])
def test_a_flow_without_these_ways_takes_the_nearest(result: str, said: str) -> None:
    nodes = "\n".join(line for line in NODES.splitlines() if "link" not in line and "settled" not in line)
    person = rehearse(flow_of(nodes, CATALOGUE), CATALOGUE, MARIA)
    person.listens().presses("1").listens().presses("1").listens()
    effect = person.turn.state.effect
    assert isinstance(effect, Pay)
    assert not effect.by_link, "nobody could be sent one"
    assert person.learns(result).listens().heard[-1] == said


def test_the_host_learns_what_the_customer_was_told_is_due() -> None:
    effect = call().listens().presses("1").listens().presses("1").listens().turn.state.effect
    assert isinstance(effect, Pay)
    assert (effect.due, effect.by_link) == (Money(12050, "USD"), True)


def test_going_back_pays_nothing() -> None:
    person = call().listens().presses("1").listens().presses("2").listens()
    assert PAY not in person.transcript
    assert person.heard[-1] == "none"


@pytest.mark.parametrize(
    "changed",
    [
        {"payment_method": None},
        {"account": {"id": "a1", "amount_due": Money(0, "USD")}},
        {"account": {"id": "a1", "amount_due": Money(-100, "USD")}},
    ],
)
def test_without_a_method_or_an_amount_it_is_not_offered(changed: dict[str, Any]) -> None:
    assert call({**MARIA, **changed}).listens().presses("1").heard == ["who", "none"]


def test_keys_while_the_money_moves_mean_nothing() -> None:
    person = call().listens().presses("1").listens().presses("1").listens().presses("1119")
    assert person.transcript[-1] == PAY


def test_hanging_up_while_the_money_moves_leaves_it_unknown_until_it_is_known() -> None:
    person = call().listens().presses("1").listens().presses("1").listens().hangs_up()
    assert person.transcript[-2:] == ["respond payment_unknown", "checkpoint"]
    assert person.is_over
    assert person.learns("success").transcript[-2:] == [
        "respond paid {'amount': '120.50 USD'}",
        "checkpoint",
    ]


def test_after_a_drop_the_same_payment_is_asked_for_and_no_second_one() -> None:
    person = call().listens().presses("1").listens().presses("1").listens()
    before = person.turn.state.effect
    person.is_picked_up().listens()
    assert person.transcript[-3:] == ["say pay: sorry", "checkpoint", PAY]
    assert person.turn.state.effect == before


def test_a_drop_before_the_payment_asks_for_the_confirmation_again() -> None:
    person = call().listens().presses("1").listens().presses("1").is_picked_up().listens()
    assert person.heard[-3:] == ["sorry", "summary", "confirm"]
    assert PAY not in person.transcript


def test_paying_before_anybody_is_confirmed_is_refused() -> None:
    with pytest.raises(ContentError, match="a pay node is for a confirmed person, and anyone can get to it"):
        flow_of(NODES.replace("no: {key: 2, to: none}", "no: {key: 2, to: pay}"), CATALOGUE)
