"""Who picked up: told from talk, silence and tones alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.calls.answered_by import AnsweredBy
from ivr.calls.answerer import Answerer, Finding, Sound

BEGINS, ENDS, BEEP = Sound.TALK_BEGINS, Sound.TALK_ENDS, Sound.BEEP
WE_BEGIN, WE_END = Sound.WE_BEGIN, Sound.WE_END
Told = list[tuple[float, AnsweredBy | Finding]]


def told_of(*sounds: tuple[float, Sound], until: float = 60.0) -> Told:
    """Return the news of a call that is answered at 0, each with its time; deadlines are kept."""
    answerer, told = Answerer(0.0), Told()
    for at, sound in (*sounds, (until, None)):
        while (deadline := answerer.deadline) is not None and deadline <= at and not answerer.is_settled:
            news = answerer.pass_time(deadline)
            if news is not None:
                told.append((deadline, news))
            elif answerer.deadline == deadline:
                pytest.fail(f"it waits for {deadline} for ever")
        if sound is not None and (news := answerer.hear(sound, at)) is not None:
            told.append((at, news))
    return told


def test_a_short_hello_and_silence_is_a_person() -> None:
    assert told_of((0.5, BEGINS), (1.1, ENDS)) == [(2.1, AnsweredBy.HUMAN)]


def test_a_hello_in_two_words_is_a_person() -> None:
    assert told_of((0.5, BEGINS), (0.9, ENDS), (1.3, BEGINS), (1.8, ENDS)) == [(2.8, AnsweredBy.HUMAN)]


def test_a_person_is_a_person_whatever_they_say_later() -> None:
    told = told_of((0.5, BEGINS), (1.1, ENDS), (4, BEGINS), (9, ENDS), (9.5, BEEP), until=90)
    assert told == [(2.1, AnsweredBy.HUMAN)]


def test_of_somebody_who_says_nothing_nothing_is_known() -> None:
    assert told_of((0.0, WE_BEGIN), (12.0, WE_END)) == []


def test_a_beep_after_a_long_greeting_is_voicemail_once_the_beep_is_over() -> None:
    told = told_of((0.2, BEGINS), (5.0, ENDS), (5.2, BEGINS), (5.3, BEEP), (5.7, ENDS))
    assert told == [(5.7, AnsweredBy.MACHINE)]


def test_a_beep_that_comes_later_is_voicemail_too() -> None:
    told = told_of((0.2, BEGINS), (5.0, ENDS), (7.0, BEGINS), (7.1, BEEP), (7.4, ENDS))
    assert told == [(6.0, AnsweredBy.SCREENER), (7.4, AnsweredBy.MACHINE)]


def test_a_beep_before_a_long_greeting_means_nothing() -> None:
    assert told_of((0.2, BEGINS), (0.3, BEEP), (0.7, ENDS)) == [(1.7, AnsweredBy.HUMAN)]


def test_without_a_beep_two_silences_are_voicemail() -> None:
    told = told_of((0.2, BEGINS), (5.0, ENDS), (6.1, WE_BEGIN), (16.0, WE_END))
    assert told == [(6.0, AnsweredBy.SCREENER), (19.5, AnsweredBy.MACHINE)]


def test_who_answers_our_first_words_is_a_screener_and_no_voicemail() -> None:
    told = told_of(
        *[(0.2, BEGINS), (4.0, ENDS), (5.1, WE_BEGIN), (15.0, WE_END), (17.2, BEGINS), (18.0, ENDS)],
        *[(18.5, WE_BEGIN)],
    )
    assert told == [(5.0, AnsweredBy.SCREENER)]


def test_who_speaks_into_our_first_words_is_an_offices_menu() -> None:
    told = told_of((0.2, BEGINS), (3.0, ENDS), (4.1, WE_BEGIN), (8.0, BEGINS), (9.0, ENDS), until=12.0)
    assert told == [(4.0, AnsweredBy.SCREENER), (8.0, AnsweredBy.AUTO_ATTENDANT)]


def test_what_was_on_the_line_during_the_greeting_was_heard_by_nobody() -> None:
    told = told_of((0.1, WE_BEGIN), (0.2, BEGINS), (6.0, ENDS), (6.5, WE_END), until=30)
    assert told == [(7.0, AnsweredBy.SCREENER)]


def test_a_machine_that_speaks_on_is_told_and_so_is_its_next_silence() -> None:
    told = told_of(
        *[(0.2, BEGINS), (5.0, ENDS), (5.2, BEGINS), (5.3, BEEP), (5.7, ENDS)],
        *[(8.0, BEGINS), (8.2, ENDS), (9.0, BEGINS), (12.0, ENDS)],
    )
    assert told == [
        (5.7, AnsweredBy.MACHINE),
        (9.4, Finding.SPEAKS_ON),
        (13.0, AnsweredBy.MACHINE),
    ], "a click is no speech"


@pytest.mark.parametrize(
    ("tone", "verdict"), [(Sound.FAX, AnsweredBy.FAX), (Sound.SIT, AnsweredBy.NETWORK_ANNOUNCEMENT)]
)
def test_a_tone_of_the_network_or_of_a_fax_is_the_last_word(tone: Sound, verdict: AnsweredBy) -> None:
    assert told_of((0.3, BEGINS), (0.9, tone), (4.0, ENDS), (9.0, BEGINS)) == [(0.9, verdict)]


@given(st.lists(st.tuples(st.floats(0.01, 4), st.sampled_from(Sound)), max_size=30))
def test_whatever_is_heard_it_comes_to_an_end_and_voicemail_greeted_at_length(
    sounds: list[tuple[float, Sound]],
) -> None:
    at, heard = 0.0, []
    for after, sound in sounds:
        at += after
        heard.append((at, sound))
    told = told_of(*heard, until=at + 100)
    machine = next((when for when, news in told if news is AnsweredBy.MACHINE), None)
    greeted = next((when for when, sound in heard if sound is BEGINS), None)
    assert machine is None or (greeted is not None and machine - greeted >= 2.0)
    assert [news for _, news in told].count(AnsweredBy.HUMAN) <= 1
