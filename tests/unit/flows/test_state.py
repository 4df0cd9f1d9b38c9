import json

import pytest

from ivr.errors import FlowError
from ivr.flows.effects import Pay
from ivr.flows.keyed import Keyed, Secret
from ivr.flows.state import Phase, SessionState, dump_state, load_state
from ivr.money import Money
from ivr.outcomes.response import Response

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
        (dump_state(STATE).replace('"version":2', '"version":9'), "of version 9 can't be read by version 2"),
    ],
)
def test_anything_else_is_refused_without_repeating_it(text: str, complaint: str) -> None:
    with pytest.raises(FlowError, match=complaint) as caught:
        load_state(text)
    assert "1234" not in str(caught.value)
