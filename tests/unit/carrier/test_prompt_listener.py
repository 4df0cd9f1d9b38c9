from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ivr.carrier.prompt_listener import Transcript, words_of


def test_a_phrase_is_found_across_the_pieces_it_was_played_in() -> None:
    transcript = Transcript(["Your payment of", "ten  dollars", "is overdue."])
    assert transcript.take("payment of TEN dollars")


def test_what_was_found_does_not_count_again() -> None:
    transcript = Transcript(["To pay, press 1."])
    assert transcript.take("press 1")
    assert not transcript.take("press 1")
    transcript.texts.append("To pay, press 1.")
    assert transcript.take("press 1")


def test_what_was_stepped_over_does_not_count() -> None:
    transcript = Transcript(["To pay, press 1."])
    transcript.skip()
    assert not transcript.take("press 1")


def test_a_phrase_that_was_not_played_leaves_the_rest_to_be_found() -> None:
    transcript = Transcript(["Hello.", "Goodbye."])
    assert not transcript.take("press 1")
    assert transcript.take("hello")
    assert transcript.take("goodbye")


def test_a_prompt_is_over_when_the_next_one_begins_or_nothing_is_played_any_more() -> None:
    transcript = Transcript()
    transcript.begins("If you are Maria,")
    transcript.begins("press 1.")
    assert transcript.take("if you are")
    found = [transcript.is_found_one_over]
    assert transcript.take("press 1")
    found.append(transcript.is_found_one_over)
    transcript.falls_silent()
    assert [*found, transcript.is_found_one_over] == [True, False, True]


@given(st.lists(st.text(alphabet="abc ", min_size=1), max_size=8), st.text(alphabet="abc", min_size=1))
def test_a_phrase_is_found_if_and_only_if_it_was_played(texts: list[str], phrase: str) -> None:
    joined = " ".join(" ".join(texts).split())
    assert Transcript(list(texts)).take(phrase) == (phrase in joined)


def test_the_words_lie_beside_the_sound(tmp_path: Path) -> None:
    (tmp_path / "ab12.txt").write_text("To pay, press 1.")
    assert words_of(f"sound:{tmp_path}/ab12") == "To pay, press 1."


def test_a_sound_without_words_counts_as_its_name() -> None:
    assert words_of("sound:digits/7") == "7"
    assert words_of("sound:beep") == "beep"
