import json
from dataclasses import replace

import pytest

from ivr.errors import FlowError
from ivr.flows.effects import Pay
from ivr.flows.factor import Factor
from ivr.flows.keyed import Keyed, Secret
from ivr.flows.on_the_line import OnTheLine, Party
from ivr.flows.state import Phase, SessionState, dump_state, load_state
from ivr.money import Money
from ivr.outcomes.response import Response
from ivr.prompts.content_tier import ContentTier

STATE = SessionState(
    flow="f",
    flow_version="v",
    node="pay",
    phase=Phase.EFFECT,
    language="en",
    gathered={"days": "14"},
    responses=((Response.PROMISED, {"within_days": 7}),),
    effect=Pay(3, "a1", Money(100, "USD"), "pm1"),
)


def test_a_state_comes_back_as_it_was() -> None:
    assert load_state(dump_state(STATE)) == STATE


def test_what_may_be_secret_is_not_written() -> None:
    keyed = Keyed(early="12", digits="34", secrets={"pin": Secret("ask", "5678")}, private=True)
    state = SessionState("f", "v", "n", Phase.KEY, "en", keyed=keyed)
    written = json.loads(dump_state(state))["keyed"]
    kept = {"surplus": "", "private": True, "lost": True}
    assert written == {"early": "", "digits": "", "secrets": {}, **kept}


def test_no_repr_shows_a_digit() -> None:
    keyed = Keyed(early="12", digits="34", secrets={"pin": Secret("ask", "5678")})
    shown = repr(SessionState("f", "v", "n", Phase.KEY, "en", keyed=keyed)) + repr(keyed.secrets)
    for digits in ("12", "34", "5678"):
        assert digits not in shown


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{}", "this is no session state"),
        ("nonsense 1234", "this is no session state"),
        (dump_state(STATE).replace('"version":3', '"version":9'), "of version 9 can't be read by version 3"),
    ],
)
def test_anything_else_is_refused_without_repeating_it(text: str, complaint: str) -> None:
    with pytest.raises(FlowError, match=complaint) as caught:
        load_state(text)
    assert "1234" not in str(caught.value)


AT_FIRST = OnTheLine("+12025550001", Party("c1", "a1", "al1", "payments"))


def as_version_2(**told: object) -> str:
    """Return a state as the engine before this one wrote it down."""
    written = json.loads(dump_state(STATE))
    del written["line"]
    return json.dumps({**written, **told, "version": 2})


def test_a_call_that_was_up_when_the_engine_was_replaced_is_read_with_whom_it_began_with() -> None:
    state = load_state(as_version_2(tier=1, proven=[], brought={}), AT_FIRST)
    assert state == replace(STATE, line=replace(AT_FIRST, tier=ContentTier.CONFIRMED))


def test_whom_a_reference_had_led_to_and_who_was_proved_are_read_as_well() -> None:
    brought = {"customer": {"id": "c2"}, "account": {"id": "a2"}, "alert": {"id": "al2", "topic": "payments"}}
    state = load_state(as_version_2(tier=2, proven=["pin"], brought=brought), AT_FIRST)
    assert state.line.led_to == Party("c2", "a2", "al2", "payments")
    assert (state.line.acts_for, state.line.proven) == (state.line.led_to, (Factor.PIN,))
    assert state.line.at_first == AT_FIRST.at_first
