import pytest

from ivr.content_file import parse_content
from ivr.flows.compliance import load_profiles
from ivr.flows.events import Pressed, TimedOut
from ivr.flows.load_flow import load_flow
from ivr.flows.state import Phase
from ivr.outcomes.response import Response
from tests.unit.flows.rehearsal import Rehearsal, flow_of, for_anyone, rehearse

CATALOGUE = for_anyone("hello", "menu", "out")
NODES = """
hello: {type: say, prompt: hello, next: menu}
menu: {type: menu, prompt: menu, keys: {9: out}}
out: {type: opt_out, prompt: out, everything: true}
"""
DETOUR = NODES.replace("9: out", "9: way, 1: end") + "end: {type: hangup}\n"


@pytest.fixture
def call() -> Rehearsal:
    return rehearse(flow_of(NODES, CATALOGUE), CATALOGUE)


def test_it_commits_on_the_key_says_one_sentence_and_hangs_up(call: Rehearsal) -> None:
    call.listens().presses("9")
    assert call.transcript[-3:] == [
        "respond opted_out {'everything': True}",
        "checkpoint",
        "opt out of everything",
    ]
    call.learns("done").presses("1").listens()
    assert call.transcript[-2:] == ["say out: out", "hang up: opted out"]


def test_hanging_up_on_the_key_takes_nothing_back(call: Rehearsal) -> None:
    call.listens().presses("9").hangs_up()
    assert "opt out of everything" in call.transcript
    assert "respond hung_up" not in call.transcript


def test_a_key_pressed_ahead_never_opts_out(call: Rehearsal) -> None:
    call.presses("9").listens()
    assert call.heard == ["hello", "menu"]
    assert call.presses("9").transcript[-1] == "opt out of everything"


WAYS = {
    "a response": "{type: respond, response: already_paid, next: out}",
    "another name": "{type: goto, to: out}",
    "a condition": "{type: branch, cases: [{when: {variable: own, present: true}, to: out}], otherwise: end}",
    "a variable": "{type: set_variable, variable: x, value: 1, next: out}",
    "words": "{type: say, prompt: hello, next: out}",
    "a pause": "{type: pause, seconds: 1, next: out}",
    "an effect": "{type: webhook, endpoint: e, answered: out, failed: out}",
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_a_key_pressed_ahead_opts_out_by_no_detour_either(way: str) -> None:
    call = rehearse(flow_of(f"{DETOUR}way: {way}\n", CATALOGUE), CATALOGUE)
    call.presses("9")
    while not is_asked(call):
        assert "respond opted_out {'everything': True}" not in call.transcript
        go_on(call)
    assert call.turn.state.node == "menu"
    call.listens().presses("9")
    while call.turn.wait is not None:
        go_on(call)
    assert call.transcript[-1] == "hang up: opted out"


def test_what_came_of_a_key_that_is_put_aside_is_taken_back() -> None:
    call = rehearse(flow_of(f"{DETOUR}way: {WAYS['a response']}\n", CATALOGUE), CATALOGUE)
    call.presses("9").listens()
    assert "respond already_paid" not in call.transcript
    assert call.turn.state.responses == ()


def test_a_key_pressed_ahead_tells_nobody_to_stop() -> None:
    nodes = NODES.replace("9: out", "9: {to: out, response: stop_contact}")
    call = rehearse(flow_of(nodes, CATALOGUE), CATALOGUE).presses("9").listens()
    assert call.heard == ["hello", "menu"]
    assert call.turn.state.responses == ()


def test_silence_after_a_key_pressed_ahead_is_a_decision_of_its_own() -> None:
    nodes = NODES.replace("keys: {9: out}", "keys: {1: more}")
    more = "more: {type: menu, prompt: menu, keys: {1: menu}, no_input: {to: out}}"
    call = rehearse(flow_of(f"{nodes}{more}", CATALOGUE), CATALOGUE).presses("1").stays_silent(2)
    assert call.transcript[-1] == "opt out of everything"


INNER = {
    "at once": "start: a\nnodes: {a: {type: opt_out, prompt: out}}",
    "when it returns": "start: a\nnodes: {a: {type: say, prompt: out, next: b}, b: {type: return}}",
}


@pytest.mark.parametrize("inner", INNER.values(), ids=INNER.keys())
def test_a_key_pressed_ahead_opts_out_in_no_flow_that_is_entered(inner: str) -> None:
    nodes = NODES.replace("9: out", "9: other") + "other: {type: enter_flow, flow: inner, next: out}\n"
    other = load_flow(parse_content(f"name: inner\nsorry: sorry\ngoodbye: bye\n{inner}", "i.yaml"), CATALOGUE)
    call = rehearse(flow_of(nodes, CATALOGUE), CATALOGUE, others=(other,)).presses("9").listens()
    assert (call.turn.state.flow, call.turn.state.node) == ("test", "menu")
    assert call.turn.state.responses == ()


def is_asked(call: Rehearsal) -> bool:
    """Say whether the question is on the line, or answered by the next key."""
    return call.turn.state.node == "menu" and not call.turn.state.answered_early


def go_on(call: Rehearsal) -> None:
    """Let happen what is waited for."""
    if call.turn.state.effect is not None:
        call.learns(call.turn.state.effect.results[0])
    elif call.turn.state.phase is Phase.KEY:
        call.feed(TimedOut())
    else:
        call.listens()


def test_no_limit_stands_between_a_person_and_being_left_alone() -> None:
    call = rehearse(flow_of(NODES, CATALOGUE, "limits: {seconds: 10}"), CATALOGUE).listens()
    call.feed(Pressed("9"), elapsed=11.0)
    assert call.transcript[-1] == "opt out of everything"


def test_who_wants_no_contact_at_all_is_suppressed_for_everything() -> None:
    nodes = NODES.replace("everything: true", "response: stop_contact")
    call = rehearse(flow_of(nodes, CATALOGUE), CATALOGUE).listens().presses("9")
    assert call.transcript[-3:] == [
        "respond stop_contact {'everything': True}",
        "checkpoint",
        "opt out of everything",
    ]


SURE = NODES.replace("everything: true", "confirm: {prompt: sure, otherwise: menu}")
WORDS = for_anyone("hello", "menu", "out", "sure")
ASKS = """
name: asks
opt_out_confirmed: {section: 1 X 2, date: "2026-01-01", review: Is that allowed}
"""


def call_that_asks() -> Rehearsal:
    """Begin a call whose profile asks for a second key."""
    profiles = load_profiles([parse_content(ASKS, "asks.yaml")])
    head = "name: test\nprofile: asks\nsorry: sorry\ngoodbye: bye\nstart: hello\nnodes:"
    flow = load_flow(parse_content(head + SURE.replace("\n", "\n  "), "test.yaml"), WORDS, profiles)
    return rehearse(flow, WORDS)


@pytest.fixture
def sure() -> Rehearsal:
    """A call that is at the question whether it is meant."""
    return call_that_asks().listens().presses("9")


def test_where_the_profile_asks_for_it_a_second_key_commits(sure: Rehearsal) -> None:
    assert sure.heard[-1] == "sure"
    sure.listens().presses("1").learns("done").listens()
    assert sure.transcript[-2:] == ["say out: out", "hang up: opted out"]
    assert list(sure.turn.state.responses) == [(Response.OPTED_OUT, {"everything": False})]


def test_the_second_key_may_cut_its_question(sure: Rehearsal) -> None:
    assert sure.presses("1").transcript[-1] == "opt out of this topic"


@pytest.mark.parametrize("key", ["2", "9", ""])
def test_silence_and_every_other_key_go_on_as_if_nothing_had_been_said(sure: Rehearsal, key: str) -> None:
    sure.listens()
    sure.presses(key) if key else sure.stays_silent(1)
    assert sure.heard[-1] == "menu"
    assert sure.turn.state.responses == ()


def test_who_hangs_up_at_the_second_question_has_not_opted_out(sure: Rehearsal) -> None:
    sure.hangs_up()
    assert [response for response, _ in sure.turn.state.responses] == [Response.HUNG_UP]


def test_the_second_key_can_not_be_pressed_ahead() -> None:
    call = call_that_asks().presses("9").presses("1").listens()
    assert "opt out of this topic" not in call.transcript
