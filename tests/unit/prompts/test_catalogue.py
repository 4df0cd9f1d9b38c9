"""The catalogue gives what is heard, in the language of the call where it can."""

from __future__ import annotations

from pathlib import PurePath

import pytest

from ivr.errors import FlowError
from ivr.prompts.build_parts import Surroundings, build_parts
from ivr.prompts.catalogue import Catalogue
from ivr.prompts.content_tier import ContentTier
from ivr.prompts.lexicon import NO_LEXICON
from ivr.prompts.part import Speaker
from ivr.prompts.prompt import make_prompt
from ivr.prompts.prompt_file import PromptEntry
from ivr.prompts.segment import ClipSegment, TextSegment


def catalogue(wording: str, clip: PurePath | None = None, language: str = "en") -> Catalogue:
    entry, tier = PromptEntry(text=wording), ContentTier.CONFIRMED
    around = Surroundings("en", tier, {"greeting": clip} if clip else {}, {})
    parts = build_parts("greeting", entry, Speaker("en", NO_LEXICON), around)
    prompt = make_prompt("greeting", "en", tier, entry.tts, parts)
    return Catalogue({"greeting": {language: prompt}})


def test_each_sentence_is_a_segment_so_that_shared_ones_are_spoken_once() -> None:
    prompts = catalogue("Hello {{ name }}. Press 1.")
    assert prompts.render("greeting", "en", {"name": "Ann"}) == (
        TextSegment("Hello Ann.", "en"),
        TextSegment("Press 1.", "en"),
    )


def test_a_recording_is_heard_instead_of_speech() -> None:
    clip = PurePath("prompts/en/greeting.wav")
    prompts = catalogue("Hello. Press 1.", clip)
    assert prompts.render("greeting", "en", {}) == (ClipSegment(clip, "Hello. Press 1.", "en"),)


@pytest.mark.parametrize("language", ["en", "en-US", "es", "es-MX"])
def test_english_is_spoken_where_the_language_is_missing(language: str) -> None:
    assert catalogue("Hello.").render("greeting", language, {}) == (TextSegment("Hello.", "en"),)


def test_without_english_the_language_there_is_is_spoken() -> None:
    assert catalogue("Hello.", language="es").render("greeting", "fr", {})


def test_a_missing_variable_names_the_prompt() -> None:
    with pytest.raises(FlowError, match=r"prompt 'greeting' \(en\): it speaks of name, which is not there"):
        catalogue("Hello {{ name }}.").render("greeting", "en", {})


def test_an_unknown_prompt_is_an_error() -> None:
    with pytest.raises(FlowError, match="no prompt 'farewell'"):
        catalogue("Hello.").render("farewell", "en", {})


def test_the_catalogue_tells_what_a_flow_check_needs() -> None:
    prompts = catalogue("Hello {{ customer.name }}.")
    assert prompts.names() == {"greeting"}
    assert prompts.languages("greeting") == {"en"}
    assert prompts.tier("greeting") is ContentTier.CONFIRMED
    assert prompts.variables("greeting", "es") == {"customer.name"}


@pytest.mark.parametrize("wording", ["", "  ", "{# nothing #}", "{{ 0 | ordinal }}", "{{ 'x' | money }}"])
def test_wording_that_can_never_be_said_is_refused(wording: str) -> None:
    with pytest.raises(ValueError, match=r"says nothing|rank|needed"):
        catalogue(wording)
