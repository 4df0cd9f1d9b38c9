"""The apology is there without any engine, and in a language people understand."""

from __future__ import annotations

import numpy as np
import pytest
import soundfile

from ivr.speech.apology import apology
from ivr.speech.cache import text_of


@pytest.mark.parametrize("language", ["en", "es", "fr", "xx"])
def test_the_apology_can_be_heard(language: str) -> None:
    samples, rate = soundfile.read(apology(language))
    assert rate == 8000
    assert np.sqrt(np.mean(samples**2)) > 0.03


@pytest.mark.parametrize(
    ("language", "words"), [("en", "We are sorry."), ("es", "Lo sentimos."), ("fr", "Nous sommes désolés.")]
)
def test_its_words_are_known(language: str, words: str) -> None:
    assert text_of(apology(language)).startswith(words)
