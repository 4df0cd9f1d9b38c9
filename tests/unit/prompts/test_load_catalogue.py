"""Prompt files: every complaint at once, with file and line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from textwrap import dedent

import pytest

from ivr.content_file import ContentFile, parse_content
from ivr.errors import ContentError, FlowError
from ivr.prompts.content_tier import ContentTier
from ivr.prompts.load_catalogue import load_catalogue
from ivr.prompts.segment import ClipSegment, TextSegment


def content(text: str, file: str = "prompts/en/common.yaml") -> ContentFile:
    return parse_content(dedent(text), file)


def complaints(contents: Sequence[ContentFile], clips: Sequence[str] = ()) -> list[str]:
    with pytest.raises(ContentError) as error:
        load_catalogue(contents, [PurePath(clip) for clip in clips])
    return [str(problem) for problem in error.value.problems]


GOODBYE = content("""\
    prompts:
      goodbye:
        text: Goodbye.
    """)


def test_a_prompt_is_for_anyone_unless_it_says_otherwise() -> None:
    catalogue = load_catalogue(
        [
            content("""\
                prompts:
                  goodbye:
                    text: Goodbye.
                  balance:
                    tier: verified
                    text: Your balance is {{ account.balance | money }}.
                """)
        ],
        [],
    )
    assert catalogue.tier("goodbye") is ContentTier.ANYONE
    assert catalogue.tier("balance") is ContentTier.VERIFIED
    assert catalogue.render("goodbye", "en", {}) == (TextSegment("Goodbye.", "en"),)


def test_a_recording_of_the_prompts_name_wins() -> None:
    clip = PurePath("prompts/en/goodbye.wav")
    catalogue = load_catalogue([GOODBYE], [clip])
    assert catalogue.render("goodbye", "en", {}) == (ClipSegment(clip, "Goodbye.", "en"),)


def test_what_is_missing_in_a_call_is_told_with_the_prompts_file_and_line() -> None:
    said = content("""\
        prompts:
          goodbye:
            text: Goodbye.
          due:
            text: It is due on {{ account.due_on | date }}.
        """)
    place = (
        r"prompt 'due' \(en, prompts/en/common\.yaml:4\): it speaks of account\.due_on, which is not there"
    )
    with pytest.raises(FlowError, match=place):
        load_catalogue([said], []).render("due", "en", {"account": {}})


def test_everything_that_is_wrong_is_told_at_once_with_its_line() -> None:
    broken = content("""\
        prompts:
          bad-jinja:
            text: Hello {{ name.
          bad-filter:
            text: "{{ amount | mony }}"
          bad-tier:
            text: Hello.
            tier: everyone
          no-text:
            tier: anyone
          no-words:
            text: ""
          bad-field:
            text: Hello.
            texts: Hello.
          no-mapping: Hello.
          number:
            text: 5
        """)
    found = complaints([broken])
    places = [complaint.split(" ")[0:2] for complaint in found]
    assert places == [
        ["prompts/en/common.yaml:3:", "prompts.bad-jinja.text:"],
        ["prompts/en/common.yaml:5:", "prompts.bad-filter.text:"],
        ["prompts/en/common.yaml:8:", "prompts.bad-tier.tier:"],
        ["prompts/en/common.yaml:9:", "prompts.no-text:"],
        ["prompts/en/common.yaml:12:", "prompts.no-words.text:"],
        ["prompts/en/common.yaml:15:", "prompts.bad-field.texts:"],
        ["prompts/en/common.yaml:16:", "prompts.no-mapping:"],
        ["prompts/en/common.yaml:18:", "prompts.number.text:"],
    ]
    assert all(complaint.endswith(".") and "; " in complaint for complaint in found)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("prompt:\n  a:\n    text: Hello.\n", "did you mean 'prompts'"),
        ("prompts: Hello.\n", "write fields below it"),
        ("prompts: {}\n", "at least 1"),
        ("prompts:\n  Bad_Name:\n    text: Hello.\n", "lower-case words joined by hyphens"),
    ],
)
def test_a_file_of_another_shape_is_refused(text: str, complaint: str) -> None:
    assert any(complaint in found for found in complaints([content(text)]))


def test_a_folder_that_is_no_language_is_refused() -> None:
    (found,) = complaints([content("prompts:\n  a:\n    text: Hola.\n", "prompts/xx/common.yaml")])
    assert found == ("prompts/xx/common.yaml:1: 'xx' is no language we can say; the folders are en, es, fr.")


def test_a_name_is_used_once_per_language() -> None:
    other = content("prompts:\n  goodbye:\n    text: Bye.\n", "prompts/en/other.yaml")
    (found,) = complaints([GOODBYE, other])
    assert found.startswith("prompts/en/other.yaml:2: prompts.goodbye: this prompt is there already")
    assert "prompts/en/common.yaml:2" in found


def test_a_recording_without_a_prompt_is_told() -> None:
    (found,) = complaints([GOODBYE], ["prompts/en/godbye.wav"])
    assert found.startswith("prompts/en/godbye.wav: no prompt of this folder is called 'godbye'")


def test_a_recording_of_a_prompt_with_slots_is_told_because_it_would_never_be_heard() -> None:
    greeting = content("prompts:\n  greeting:\n    text: Hello {{ name }}.\n")
    (found,) = complaints([greeting], ["prompts/en/greeting.wav"])
    assert "has slots, which no recording can fill" in found
