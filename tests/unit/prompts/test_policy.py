"""What is recorded, what is spoken, and why: as prompts promise it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from textwrap import dedent

import pytest

from ivr.content_file import parse_content
from ivr.errors import ContentError
from ivr.money import Money
from ivr.prompts.catalogue import Catalogue
from ivr.prompts.load_catalogue import load_catalogue
from ivr.prompts.segment import ClipSegment, JoinedSegment, TextSegment

WHOLE = Money(4200, "USD")
ODD = Money(4250, "USD")
BALANCE = """\
    prompts:
      your-balance-is:
        text: Your balance is
      balance:
        tts: {tts}
        slots: {slots}
        segments:
          - clip: your-balance-is
          - slot: account.balance | money
          - text: Thank you.
    """
RECORDED = "prompts/en/your-balance-is.wav"


def load(text: str, clips: Sequence[str] = (), lexicon: str = "") -> Catalogue:
    files = [parse_content(dedent(text), "prompts/en/common.yaml")]
    if lexicon:
        files.append(parse_content(lexicon, "prompts/en/lexicon.yaml"))
    return load_catalogue(files, [PurePath(clip) for clip in clips])


def complaints(text: str, clips: Sequence[str] = ()) -> str:
    with pytest.raises(ContentError) as error:
        load(text, clips)
    return str(error.value)


def balance(tts: str = "fallback", slots: str = "recorded") -> str:
    return BALANCE.format(tts=tts, slots=slots)


def test_segments_are_heard_in_their_order() -> None:
    heard = load(balance(), [RECORDED]).render("balance", "en", {"account": {"balance": WHOLE}})
    assert heard == (
        ClipSegment(PurePath(RECORDED), "Your balance is", "en"),
        JoinedSegment(("digits/40", "digits/2", "digits/dollars"), "forty-two dollars", "en"),
        TextSegment("Thank you.", "en"),
    )


def test_a_clip_without_a_recording_is_spoken() -> None:
    heard = load(balance()).render("balance", "en", {"account": {"balance": WHOLE}})
    assert heard[0] == TextSegment("Your balance is", "en")


def test_a_value_without_clips_is_spoken() -> None:
    heard = load(balance()).render("balance", "en", {"account": {"balance": ODD}})
    assert heard[1] == TextSegment("forty-two dollars and fifty cents", "en")


def test_a_slot_is_spoken_unless_clips_are_asked_for() -> None:
    text = balance(slots="speech").replace("slots: speech", "voice: calm")
    heard = load(text).render("balance", "en", {"account": {"balance": WHOLE}})
    assert heard[1] == TextSegment("forty-two dollars", "en", "calm")


def test_each_part_tells_why_it_is_heard_so() -> None:
    parts = load(balance(), [RECORDED]).prompt("balance", "en").parts
    assert [(part.sound.value, part.why) for part in parts] == [
        ("recording", "your-balance-is.wav is there"),
        ("clips", "`slots: recorded`; all but whole dollars are spoken"),
        ("speech", "a text segment; only a clip can be recorded"),
    ]


def test_the_recording_of_a_whole_prompt_wins_over_its_segments() -> None:
    text = """\
        prompts:
          hello:
            text: Hello.
          both:
            segments: [{clip: hello}, {text: Goodbye.}]
        """
    whole = "prompts/en/both.wav"
    assert load(text, [whole]).render("both", "en", {}) == (
        ClipSegment(PurePath(whole), "Hello. Goodbye.", "en"),
    )


@pytest.mark.parametrize(
    ("tts", "clips", "spoken"),
    [
        ("never", (), "'Hello.' would be spoken (there is no hello.wav)"),
        ("slots", (), "'Hello.' would be spoken (there is no hello.wav)"),
        ("fallback", (), None),
        ("always", (), None),
        ("never", ("prompts/en/hello.wav",), None),
        ("slots", ("prompts/en/hello.wav",), None),
        ("fallback", ("prompts/en/hello.wav",), None),
        ("always", ("prompts/en/hello.wav",), "'Hello.' would not be spoken (hello.wav is there)"),
    ],
)
def test_a_fixed_text(tts: str, clips: Sequence[str], spoken: str | None) -> None:
    text = f"prompts:\n  hello:\n    text: Hello.\n    tts: {tts}\n"
    if spoken is None:
        load(text, clips)
    else:
        assert f"common.yaml:4: prompts.hello.tts: {spoken}" in complaints(text, clips)


@pytest.mark.parametrize(
    ("tts", "wording", "is_right"),
    [
        ("never", "text: '{{ a | number }}'", False),
        ("slots", "text: '{{ a | number }}'", True),
        ("slots", "text: '{{ a | number }} dollars'", False),
        ("slots", "text: '{% if a %}yes{% endif %}'", False),
        ("slots", "segments: [{slot: a | number}]", True),
        ("never", "segments: [{slot: a | number}]", False),
        ("never", "{slots: recorded, segments: [{slot: a | number}]}", True),
        ("never", "{slots: recorded, segments: [{slot: a | name}]}", False),
        ("never", "{slots: recorded, segments: [{slot: a | money}]}", False),
        ("slots", "{slots: recorded, segments: [{slot: a | money}]}", True),
        ("always", "{slots: recorded, segments: [{slot: a | number}]}", False),
        ("always", "segments: [{slot: a | number}]", True),
    ],
)
def test_slots(tts: str, wording: str, is_right: bool) -> None:
    entry = f"{wording[:-1]}, tts: {tts}}}" if wording.startswith("{") else f"{{{wording}, tts: {tts}}}"
    text = f"prompts: {{amount: {entry}}}"
    if is_right:
        load(text)
    else:
        assert "prompts.amount.tts" in complaints(text)


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("{text: a, segments: [{text: a}]}", "a prompt has one wording; write either"),
        ("{segments: []}", "prompts.wrong.segments:"),
        ("{segments: [{text: a, clip: b}]}", "this is not one thing; write `clip`, `text` or `slot`"),
        ("{segments: [{clip: nowhere}]}", "there is no prompt 'nowhere' that could be recorded"),
        ("{segments: [{clip: named}]}", "the prompt 'named' has slots, which no recording can fill"),
        ("{segments: [{clip: secret}]}", "the prompt 'secret' is for more trusted listeners"),
        ("{segments: [{slot: account.balance}]}", "'account.balance' is no slot; write `variable | filter`"),
        ("{segments: [{slot: a | mony}]}", "No filter named 'mony'"),
        ("{text: a, slots: recorded}", "no segment is a slot that clips could say"),
        ("{text: a, tts: sometimes}", "prompts.wrong.tts: 'sometimes' can't be used"),
    ],
)
def test_a_mistake_is_told(entry: str, told: str) -> None:
    others = "named: {text: '{{ a }}'}, secret: {tier: verified, text: S.}"
    assert told in complaints(f"prompts: {{{others}, wrong: {entry}}}")


def test_the_lexicon_is_for_what_is_spoken_and_for_recordings_that_can_not_be_played() -> None:
    text = "prompts: {iban: {text: Your IBAN.}, slot: {text: 'IBAN {{ a }}.'}}"
    catalogue = load(text, ["prompts/en/iban.wav"], "words: {IBAN: eye ban}")
    (recorded,) = catalogue.render("iban", "en", {})
    assert (recorded.text, recorded.pronounced) == ("Your IBAN.", "Your eye ban.")
    (spoken,) = catalogue.render("slot", "en", {"a": "X"})
    assert spoken == TextSegment("IBAN X.", "en", pronounced="eye ban X.")


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("name", "no clips say a name in 'en'"),
        ("money", "clips say whole dollars only"),
    ],
)
def test_it_is_told_why_clips_can_not_say_a_slot(kind: str, why: str) -> None:
    entry = f"{{tts: never, slots: recorded, segments: [{{slot: a | {kind}}}]}}"
    assert f"'a | {kind}' would be spoken ({why})" in complaints(f"prompts: {{amount: {entry}}}")
