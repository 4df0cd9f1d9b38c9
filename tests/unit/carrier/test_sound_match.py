from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from ivr.carrier.sound_match import SAME, Samples, best_match, heard_audio_matches, likeness

RATE = 8000


def speech(seed: int, seconds: float = 2.0) -> Samples:
    """Something like speech: noise with a voice's spectrum in bursts like syllables."""
    chance = np.random.default_rng(seed)
    count = int(RATE * seconds)
    noise = np.convolve(chance.standard_normal(count), np.hanning(9), mode="same")
    syllables = np.repeat(chance.uniform(0, 1, count // 1000 + 1), 1000)[:count]
    sound = noise * syllables
    loud: Samples = sound / np.max(np.abs(sound)) * 0.5
    return loud


def through_mu_law(samples: Samples) -> Samples:
    """What is left after G.711 with 8 bits a sample."""
    coded = np.sign(samples) * np.log1p(255 * np.abs(samples)) / np.log1p(255)
    coded = np.round(coded * 127) / 127
    decoded: Samples = np.sign(coded) * np.expm1(np.abs(coded) * np.log1p(255)) / 255
    return decoded


@given(begin=st.integers(0, RATE), volume=st.floats(0.05, 1.5), seed=st.integers(0, 1000))
def test_the_same_speech_is_found_wherever_it_begins_and_however_loud(
    begin: int, volume: float, seed: int
) -> None:
    played = speech(seed)
    heard = np.concatenate([np.zeros(begin), volume * through_mu_law(played), np.zeros(RATE)])
    assert best_match(heard, played) > 0.95


@given(seed=st.integers(0, 1000))
def test_other_speech_is_not_the_same(seed: int) -> None:
    assert best_match(speech(seed, 4.0), speech(seed + 1)) < 0.3


@pytest.mark.parametrize("loudness", [0.0, 1e-5])
def test_silence_matches_nothing(loudness: float) -> None:
    hiss = np.random.default_rng(1).standard_normal(3 * RATE) * loudness
    assert best_match(hiss, speech(1)) < SAME
    assert best_match(speech(1), np.zeros(RATE)) == 0
    assert best_match(np.zeros(0), speech(1)) == 0


def test_half_a_prompt_scores_less_than_a_whole_one() -> None:
    played = speech(1)
    half = best_match(played[: played.size // 2], played)
    assert half < 0.9
    assert best_match(played, played) == pytest.approx(1)


@given(lost=st.integers(0, RATE * 2 - 160), seed=st.integers(0, 1000))
def test_a_packet_that_was_lost_on_the_way_makes_no_other_sound(lost: int, seed: int) -> None:
    played = speech(seed)
    heard = np.concatenate([played[:lost], played[lost + 160 :], np.zeros(RATE)])
    assert likeness(heard, played, RATE) > SAME


@given(seed=st.integers(0, 1000))
def test_other_speech_is_not_the_same_piece_by_piece_either(seed: int) -> None:
    assert likeness(speech(seed, 4.0), speech(seed + 1), RATE) < SAME / 2


def test_what_is_shorter_than_a_piece_is_compared_as_a_whole() -> None:
    short = speech(1, 0.2)
    assert likeness(np.concatenate([speech(2), short]), short, RATE) > SAME
    assert likeness(speech(2), short, RATE) < SAME


def test_files_of_different_rates_are_refused(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", speech(1), 8000)
    soundfile.write(tmp_path / "b.wav", speech(1), 16000)
    assert heard_audio_matches(tmp_path / "a.wav", tmp_path / "a.wav") == pytest.approx(1, abs=0.01)
    with pytest.raises(ValueError, match="files of one rate"):
        heard_audio_matches(tmp_path / "a.wav", tmp_path / "b.wav")
