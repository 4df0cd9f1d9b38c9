"""A customer who can't follow is spoken to more slowly, from the key on."""

from __future__ import annotations

import pytest

from ivr.flows.commands import Say
from ivr.flows.known_before import known_before
from ivr.flows.session import Session
from ivr.outcomes.response import Response
from ivr.tempo import Tempo
from tests.unit.flows.rehearsal import MARIA, Rehearsal, flow_of, for_anyone, rehearse

CATALOGUE = for_anyone("menu", "slowly", "done", "day")
NODES = """
menu: {type: menu, prompt: menu, keys: {2: slow, 3: usual, 4: day}}
slow: {type: set_tempo, tempo: slow, next: menu}
usual: {type: set_tempo, tempo: usual, next: menu}
day: {type: gather, prompt: day, variable: day, length: 4, read_back: done, next: menu}
"""
MANNERS = "manners: {slower: {key: '*', prompt: slowly}}"


def call_with(manners: str = "") -> Rehearsal:
    return rehearse(flow_of(NODES, CATALOGUE, manners), CATALOGUE)


def said(call: Rehearsal) -> list[tuple[str, Tempo]]:
    """Return the words of everything, each with how fast it was said."""
    spoken = [command.segments for command in call.commands if isinstance(command, Say)]
    return [(segment.text, segment.tempo) for segments in spoken for segment in segments]


def test_what_follows_is_said_slowly_until_it_is_as_usual_again() -> None:
    call = call_with().presses("2").presses("3")
    assert said(call) == [("menu", Tempo.USUAL), ("menu", Tempo.SLOW), ("menu", Tempo.USUAL)]


def test_it_stays_so_after_a_drop() -> None:
    assert said(call_with().presses("2").is_picked_up())[-1] == ("sorry", Tempo.SLOW)


def test_the_key_of_the_manners_says_so_asks_again_and_is_what_they_meant() -> None:
    call = call_with(MANNERS).presses("*")
    assert said(call)[1:] == [("slowly", Tempo.SLOW), ("menu", Tempo.SLOW)]
    assert [meant for meant, _ in call.turn.state.responses] == [Response.SLOWER]
    assert said(call.presses("4"))[-1] == ("day", Tempo.SLOW)


@pytest.mark.parametrize(("keys", "heard"), [("12*", ["day"]), ("1234*", ["slowly", "done 1234"])])
def test_while_digits_are_keyed_the_same_key_may_begin_them_anew(keys: str, heard: list[str]) -> None:
    call = call_with(MANNERS).presses("4").presses(keys)
    assert [words.split()[0] for words in heard] == [words for words, _ in said(call)][-len(heard) :]


def test_without_the_manners_it_is_a_wrong_key() -> None:
    assert said(call_with().presses("*"))[-1] == ("menu", Tempo.USUAL)


def test_who_prefers_it_hears_it_from_the_first_word_on_and_it_is_made_ahead() -> None:
    session = Session(flow_of(NODES, CATALOGUE, MANNERS), CATALOGUE, MARIA, "en", tempo=Tempo.SLOW)
    assert said(Rehearsal(session)) == [("menu", Tempo.SLOW)]
    assert {segment.tempo for segment in known_before(session)} == {Tempo.SLOW}


def test_the_words_for_it_are_made_ahead_for_everybody() -> None:
    known = known_before(call_with(MANNERS).session)
    assert ("slowly", Tempo.USUAL) in [(segment.text, segment.tempo) for segment in known]
