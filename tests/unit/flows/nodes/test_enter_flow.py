import pytest

from ivr.content_file import parse_content
from ivr.errors import ContentError, FlowError
from ivr.flows.flow import Flow
from ivr.flows.known_before import known_before
from ivr.flows.load_flow import load_flow
from ivr.prompts.content_tier import ContentTier
from ivr.prompts.segment import TextSegment
from tests.unit.flows.rehearsal import TinyCatalogue, flow_of, rehearse

CATALOGUE = TinyCatalogue(
    {
        **dict.fromkeys(("menu", "inner", "done", "other", "sorry", "bye"), ContentTier.ANYONE),
        "secret": ContentTier.CONFIRMED,
    }
)
NODES = """
menu: {type: menu, prompt: menu, keys: {1: enter}}
enter: {type: enter_flow, flow: inner, returns: {yes: done}, next: other}
done: {type: hangup, prompt: done}
other: {type: hangup, prompt: other}
"""
INNER = """
name: inner
start: ask
sorry: sorry
goodbye: bye
nodes:
  ask: {type: menu, prompt: inner, keys: {1: yes, 2: no, 3: again}}
  again: {type: enter_flow, flow: inner, next: no}
  yes: {type: return, result: "yes"}
  no: {type: return}
"""


def inner(written: str = INNER) -> Flow:
    return load_flow(parse_content(written, "inner.yaml"), CATALOGUE)


OUTER = flow_of(NODES, CATALOGUE)


@pytest.mark.parametrize(("key", "said"), [("1", "done"), ("2", "other")])
def test_its_result_leads_on(key: str, said: str) -> None:
    call = rehearse(OUTER, CATALOGUE, others=[inner()]).presses("1").listens().presses(key)
    assert call.heard == ["menu", "inner", said]
    assert call.turn.state.frames == ()


def test_a_drop_inside_it_goes_on_inside_it() -> None:
    call = rehearse(OUTER, CATALOGUE, others=[inner()]).presses("1").is_picked_up().listens().presses("1")
    assert call.heard[-3:] == ["sorry", "inner", "done"]


def test_flows_inside_each_other_end_politely_at_their_limit() -> None:
    call = rehearse(OUTER, CATALOGUE, others=[inner()]).presses("1")
    for _ in range(5):
        call.listens().presses("3")
    assert call.listens().transcript[-1] == "hang up: flows too deep in each other"


def test_a_limit_that_is_reached_on_the_way_into_it_is_an_ordinary_end() -> None:
    short = flow_of(NODES, CATALOGUE, "limits: {steps: 5}")
    call = rehearse(short, CATALOGUE, others=[inner()]).presses("551")
    assert call.heard[-1] == "bye"
    assert call.hangs_up().transcript[-1] == "respond hung_up"


def test_all_that_it_says_is_spoken_before_the_call() -> None:
    call = rehearse(OUTER, CATALOGUE, others=[inner()])
    texts = {segment.text for segment in known_before(call.session) if isinstance(segment, TextSegment)}
    assert "inner" in texts


def test_a_flow_that_is_not_there_is_our_mistake() -> None:
    with pytest.raises(FlowError, match="there is no flow 'inner'"):
        rehearse(OUTER, CATALOGUE).presses("1")


def test_what_is_for_a_confirmed_person_is_entered_by_nobody_else() -> None:
    confirmed = INNER.replace("start:", "entered_at: confirmed\nstart:").replace(
        "prompt: inner", "prompt: secret"
    )
    with pytest.raises(FlowError, match="flow 'inner' was about to be entered before its tier"):
        rehearse(OUTER, CATALOGUE, others=[inner(confirmed)]).presses("1")
    with pytest.raises(FlowError, match="only for being entered by another flow"):
        rehearse(inner(confirmed), CATALOGUE)


def test_a_tier_that_is_none_is_refused() -> None:
    with pytest.raises(
        ContentError, match="'sure' is no content tier; use one of anyone, confirmed, verified"
    ):
        inner(INNER.replace("start:", "entered_at: sure\nstart:"))
