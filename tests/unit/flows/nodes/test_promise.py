from typing import Any

import pytest

from ivr.flows.variables import Variables
from ivr.money import Money
from ivr.prompts.content_tier import ContentTier
from tests.unit.flows.rehearsal import MARIA, Rehearsal, TinyCatalogue, flow_of, rehearse

CATALOGUE = TinyCatalogue(
    dict.fromkeys(
        ("who", "amount", "sum", "day", "date", "limits", "noted", "sorry", "bye"), ContentTier.ANYONE
    ),
    slots={"sum": "gathered.promised_amount", "date": "gathered.promised_day"},
)
NODES = """
who: {type: verify, prompt: who, yes: {key: 1, to: promise}, no: {key: 2, to: end}}
promise:
  type: promise
  amount: {prompt: amount, read_back: sum}
  day: {prompt: day, read_back: date}
  next: noted
  no_match: {prompt: limits}
noted: {type: hangup, prompt: noted}
end: {type: hangup}
"""


def call(variables: Variables = MARIA, nodes: str = NODES) -> Rehearsal:
    return rehearse(flow_of(nodes, CATALOGUE), CATALOGUE, variables).listens().presses("1").listens()


def test_amount_and_day_are_read_back_and_promised() -> None:
    person = call().presses("100*50#").listens().presses("1").listens().presses("0320").listens().presses("1")
    assert person.heard[-1] == "noted"
    details = {"amount_minor": 10050, "currency": "USD", "on": "2026-03-20"}
    assert f"respond promised {details}" in person.transcript
    assert any(said.startswith("sum Money(minor=10050") for said in person.heard)
    assert "date 2026-03-20" in person.heard


def test_what_was_misunderstood_is_asked_for_again() -> None:
    person = call().presses("10#").listens().presses("2").listens().presses("20#").listens().presses("1")
    assert person.turn.state.gathered["promised_amount"] == Money(2000, "USD")
    assert person.heard[-1] == "day"


def test_nothing_is_promised_without_a_yes() -> None:
    person = call().presses("10#").listens().presses("1").listens().presses("0320").listens().hangs_up()
    assert person.transcript[-1] == "respond hung_up"


def test_a_yes_pressed_ahead_of_the_read_back_does_not_count() -> None:
    assert "noted" not in call().presses("0320").listens().presses("1").listens().presses("03201").heard


@pytest.mark.parametrize("keys", ["0#", "120*51#", "1*234#", "*#", "9999999999"])
def test_an_amount_beyond_its_limits_is_asked_for_again(keys: str) -> None:
    assert call().presses(keys).heard[-1] == "limits + amount"


@pytest.mark.parametrize("keys", ["0324", "0308", "1340", "0230"])
def test_a_day_beyond_its_limits_is_asked_for_again(keys: str) -> None:
    assert call().presses("10#").listens().presses("1").listens().presses(keys).heard[-1] == "limits + day"


@pytest.mark.parametrize("keys", ["0309", "0323"])
def test_the_first_and_the_last_day_are_within(keys: str) -> None:
    heard = call().presses("10#").listens().presses("1").listens().presses(keys).heard
    assert heard[-1] == f"date 2026-{keys[:2]}-{keys[2:]}"


def allowing(**limits: object) -> Variables:
    """Return a call whose rule allows other promises."""
    usual: Any = MARIA["promise"]
    return {**MARIA, "promise": {**usual, **limits}}


def test_the_rule_says_the_least_amount() -> None:
    variables = allowing(least_amount=Money(5000, "USD"))
    assert call(variables).presses("49*99#").heard[-1] == "limits + amount"
    assert "Money(minor=5000" in call(variables).presses("50#").heard[-1]


def test_a_flow_can_ask_for_another_least_amount() -> None:
    nodes = NODES.replace("next: noted", "next: noted\n  least_amount: account.amount_due")
    assert call(nodes=nodes).presses("50#").heard[-1] == "limits + amount"


@pytest.mark.parametrize(
    ("rule", "flow", "last", "too_late"),
    [(7, "", "0316", "0317"), (7, "3", "0312", "0313"), (2, "3", "0311", "0312")],
)
def test_the_rule_says_the_last_day_and_a_flow_may_only_want_it_sooner(
    rule: int, flow: str, last: str, too_late: str
) -> None:
    nodes = NODES.replace("next: noted", f"next: noted\n  most_days: {flow}" if flow else "next: noted")

    def asked_for_the_day() -> Rehearsal:
        person = call(allowing(most_days=rule), nodes)
        return person.presses("10#").listens().presses("1").listens()

    assert asked_for_the_day().presses(last).heard[-1] == f"date 2026-{last[:2]}-{last[2:]}"
    assert asked_for_the_day().presses(too_late).heard[-1] == "limits + day"
