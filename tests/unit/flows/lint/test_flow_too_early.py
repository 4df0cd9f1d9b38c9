from tests.unit.flows.lint.linting import ENTERING, INNER, VERIFIED, codes, linted, only

CONFIRMED = f"entered_at: confirmed\n{INNER.replace('prompt: again', 'prompt: amount')}"


def test_a_flow_for_a_confirmed_person_that_anyone_can_get_into_is_found() -> None:
    found = only("F122", linted(ENTERING, others={"inner": CONFIRMED}))
    assert "nodes.enter.flow: the flow 'inner' is for a confirmed person, and anyone can get into it" in found


def test_behind_a_verify_node_it_is_fine() -> None:
    entering = VERIFIED.replace("type: say, prompt: amount", "type: enter_flow, flow: inner")
    assert codes(entering, others={"inner": CONFIRMED}) == set()


def test_whom_an_entered_flow_has_asked_stays_known_when_it_returns() -> None:
    asking = """
start: ask
nodes:
  ask: {type: verify, prompt: hello, yes: {key: 1, to: known}, no: {key: 2, to: back},
    no_input: {prompt: again, to: back}, no_match: {prompt: again}}
  known: {type: return, result: known}
  back: {type: return}
"""
    asked = """
hello: {type: enter_flow, flow: ask, returns: {known: enter}, next: %s}
enter: {type: enter_flow, flow: inner, next: message}
message: {type: menu, prompt: hello, keys: {1: done}, no_input: {prompt: again}, no_match: {prompt: again}}
"""
    others = {"ask": asking, "inner": CONFIRMED}
    assert codes(asked % "message", others=others) == set()
    assert "anyone can get into it" in only("F122", linted(asked % "enter", others=others))
