from __future__ import annotations

import pytest
import yaml

from ivr.flows.player.moves import read_moves
from ivr.flows.player.transcript import Transcript, talk_lines, with_talk, write_transcript

TALK = [{"hears": "Press 1."}, {"presses": "1"}, {"ends": "done"}]


def transcript(*talk: dict[str, object]) -> Transcript:
    return Transcript(flow="any", language="en", talk=talk)


@pytest.mark.parametrize(
    ("step", "written"),
    [
        ({"presses": "1"}, "1"),
        ({"presses": "#", "cuts_in": True}, "!#"),
        ({"stays_silent": 7.0}, ","),
        ({"hangs_up": True}, "h"),
        ({"screens": True}, "s"),
        ({"settled": "elsewhere"}, "e"),
        ({"hears": "Press 1.", "cut": True}, ""),
        ({"does": "pay", "with": {}, "result": "success"}, ""),
    ],
)
def test_what_the_person_does_is_what_play_can_be_given(step: dict[str, object], written: str) -> None:
    assert transcript(step).keys == written
    assert len(list(read_moves(written))) == (1 if written else 0)


def test_a_file_reads_back_and_leaves_out_what_is_empty() -> None:
    about = {"flow": "any", "language": "en", "customer": {}, "results": {"pay": "declined"}}
    read = Transcript.model_validate(yaml.safe_load(write_transcript(about, TALK)))
    assert read == Transcript(flow="any", language="en", results={"pay": "declined"}, talk=tuple(TALK))
    assert "customer" not in write_transcript(about, TALK)


BEFORE = """# why this call matters
flow: any
talk:
- hears: >-
    Press
    2.
# not said any more
- presses: '2'

# hers
language: en  # always
# the end
"""


def test_another_talk_leaves_all_else_as_it_was_written() -> None:
    assert with_talk(BEFORE, TALK) == (
        "# why this call matters\nflow: any\n"
        "talk:\n- hears: Press 1.\n- presses: '1'\n- ends: done\n"
        "\n# hers\nlanguage: en  # always\n# the end\n"
    )


@pytest.mark.parametrize("comments", ["# seen by Ann\n", " \n# seen\n\n# by Ann"])
def test_comments_stay_below_a_talk_that_is_the_last_field(comments: str) -> None:
    assert with_talk(f"flow: any\ntalk:\n- hears: Press 2.\n{comments}", TALK) == (
        f"flow: any\ntalk:\n- hears: Press 1.\n- presses: '1'\n- ends: done\n{comments}"
    )


@pytest.mark.parametrize(
    "text",
    [
        "{flow: any, language: en, talk: [{hears: Press 2.}]}\n",
        "flow: any\n'talk':\n- hears: Press 2.\n",
        "flow: any\ntalk: [\n  {hears: Press 2.}\n]\nlanguage: en\n",
    ],
    ids=["in braces", "in quotes", "with a bracket where a field is looked for"],
)
def test_a_talk_that_can_t_be_replaced_is_not_said_to_be(text: str) -> None:
    assert with_talk(text, TALK) is None


def test_a_talk_in_brackets_on_its_own_line_is_replaced() -> None:
    assert with_talk("talk: [{hears: Press 2.}]\nflow: any\n", TALK) == (
        "talk:\n- hears: Press 1.\n- presses: '1'\n- ends: done\nflow: any\n"
    )


def test_what_is_said_at_once_is_one_line_to_be_compared() -> None:
    assert talk_lines([{"hears": "word " * 60 + "end"}, {"presses": "1"}])[1:] == ["- presses: '1'\n"]
