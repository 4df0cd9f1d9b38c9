import pytest

from ivr.errors import UsageError
from ivr.flows.player.moves import read_moves
from ivr.flows.player.player import Player
from ivr.flows.player.talk import step_as_data
from ivr.flows.session import Session
from tests.unit.flows.rehearsal import MARIA, TinyCatalogue, flow_of, for_anyone

CATALOGUE = for_anyone("hello", "hold", "busy", "done")
NODES = """
hello: {type: menu, prompt: hello, keys: {1: agent, 2: thanks}}
thanks: {type: respond, response: already_paid, details: {by: check}, next: done}
agent: {type: transfer, prompt: hold, queue: q, done: done, no_agent: busy, failed: busy}
busy: {type: hangup, prompt: busy, reason: nobody}
done: {type: hangup, prompt: done}
"""


CALLED_ABOUT_IT = {**MARIA, "alert": {"id": "her-alert", "topic": "payments"}}


def talk(keys: str, catalogue: TinyCatalogue = CATALOGUE, **results: str) -> list[dict[str, object]]:
    player = play(keys, catalogue, **results)
    return [step_as_data(step) for step in player.talk]


def play(keys: str, catalogue: TinyCatalogue = CATALOGUE, **results: str) -> Player:
    player = Player(Session(flow_of(NODES, CATALOGUE), catalogue, CALLED_ABOUT_IT, "en"), results)
    player.play(read_moves(keys))
    return player


def test_what_is_said_and_pressed_and_meant_comes_in_order() -> None:
    assert talk("2") == [
        {"hears": "hello"},
        {"presses": "2"},
        {"responds": "already_paid", "details": {"by": "check"}},
        {"hears": "done"},
        {"ends": "finished"},
    ]


def test_effects_end_as_chosen() -> None:
    assert talk("1", transfer="no_agent")[2:] == [
        {"hears": "hold"},
        {"does": "transfer", "with": {"queue": "q", "priority": 0}, "result": "no_agent"},
        {"hears": "busy"},
        {"ends": "nobody"},
    ]


def test_without_a_choice_they_end_well() -> None:
    assert {"responds": "transferred", "details": {"queue": "q"}} in talk("1")


def test_silence_lasts_as_long_as_the_flow_waits_and_no_time_passes() -> None:
    player = play(",")
    assert {"stays_silent": 7.0} in [step_as_data(step) for step in player.talk]
    assert 7.0 < player.seconds < 12.0


def test_a_key_that_cuts_in_ends_what_is_said() -> None:
    assert talk("!2")[0] == {"hears": "hello", "cut": True}


def test_after_the_end_nothing_more_is_pressed() -> None:
    assert talk("2111") == talk("2")


def test_hanging_up_ends_it() -> None:
    assert talk("h,1") == [{"hears": "hello"}, {"hangs_up": True}, {"responds": "hung_up"}]


def test_a_flow_that_breaks_is_told_and_says_good_bye_as_on_a_real_call() -> None:
    broken = TinyCatalogue({name: CATALOGUE.tier(name) for name in CATALOGUE.names()}, {"done": "not.there"})
    assert talk("2", broken)[-3:] == [
        {"breaks": "not.there is not there; it was to be said in node 'done'"},
        {"hears": "bye"},
        {"ends": "not.there is not there; it was to be said in node 'done'"},
    ]


def test_a_result_that_an_effect_can_not_have_is_told_with_those_it_has() -> None:
    with pytest.raises(UsageError, match="transfer can't end in 'paid'; it ends in done, no_agent, failed"):
        talk("1", transfer="paid")


def test_a_flow_whose_first_words_are_broken_says_good_bye_as_well() -> None:
    tiers = {name: CATALOGUE.tier(name) for name in CATALOGUE.names()}
    assert talk("2", TinyCatalogue(tiers, {"hello": "not.there"})) == [
        {"breaks": "not.there is not there; it was to be said in node 'hello'"},
        {"hears": "bye"},
        {"ends": "not.there is not there; it was to be said in node 'hello'"},
    ]


def test_a_call_screener_hears_the_first_words_for_thirty_seconds_and_no_message() -> None:
    player = play("s" + "," * 20)
    heard = [step_as_data(step) for step in player.talk]
    assert heard[:3] == [{"hears": "hello", "cut": True}, {"screens": True}, {"hears": "hello"}]
    assert {"hears": "bye"} not in heard
    assert heard[-1] == {"ends": "call screener"}
    assert 30 <= player.seconds < 35


def test_whom_a_call_screener_puts_through_presses_a_key_as_ever() -> None:
    assert talk("s,2")[-3:] == [
        {"responds": "already_paid", "details": {"by": "check"}},
        {"hears": "done"},
        {"ends": "finished"},
    ]


def test_a_key_after_somebody_else_settled_the_matter_comes_too_late() -> None:
    assert talk("e2")[1:] == [
        {"settled": "elsewhere"},
        {"presses": "2"},
        {"hears": "bye"},
        {"ends": "settled in another call"},
    ]


def test_a_key_that_settles_nothing_is_never_too_late() -> None:
    assert talk("e1")[2:] == talk("1")[1:]


def test_in_a_call_about_no_matter_nothing_is_too_late() -> None:
    player = Player(Session(flow_of(NODES, CATALOGUE), CATALOGUE, MARIA, "en"), {})
    player.play(read_moves("e2"))
    assert {"responds": "already_paid", "details": {"by": "check"}} in [
        step_as_data(step) for step in player.talk
    ]
