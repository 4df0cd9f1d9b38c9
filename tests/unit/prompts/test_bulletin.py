"""The bulletin as it is written."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ivr.content_file import parse_content
from ivr.errors import ContentError
from ivr.prompts.bulletin import Bulletin, check_bulletins, read_bulletin
from ivr.prompts.load_catalogue import load_catalogue


def bulletin(written: str) -> Bulletin:
    return read_bulletin(parse_content(written, "bulletin/en/bulletin.yaml"))


def test_it_becomes_a_prompt_of_its_language() -> None:
    read = bulletin("text: We are closed today.\nuntil: 2026-03-02T18:00:00+00:00\n")
    catalogue = load_catalogue([read.as_prompt], [])
    check_bulletins(catalogue, [read])
    assert [segment.text for segment in catalogue.render("bulletin", "en", {})] == ["We are closed today."]
    assert (read.language, read.until) == ("en", datetime(2026, 3, 2, 18, tzinfo=UTC))


def test_a_recording_beside_it_is_heard() -> None:
    read = bulletin("text: We are closed today.\n")
    catalogue = load_catalogue([read.as_prompt], [read.clip])
    assert catalogue.prompt("bulletin", "en").parts[0].sound == "recording"


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ("text: ''\n", "text"),
        ("until: 2026-03-02T18:00:00+00:00\n", "text"),
        ("text: Closed.\nuntil: 2026-03-02T18:00:00\n", "until"),
        ("text: Closed.\nfrom: today\n", "from"),
    ],
)
def test_what_can_not_be_used_is_told_with_its_place(written: str, field: str) -> None:
    with pytest.raises(ContentError) as caught:
        bulletin(written)
    assert [problem.field for problem in caught.value.problems] == [field]


def test_it_may_speak_of_the_company_but_of_nobody_who_calls() -> None:
    company = bulletin("text: Call {{ company.phone | telephone }} tomorrow.\n")
    check_bulletins(load_catalogue([company.as_prompt], []), [company])
    caller = bulletin("text: Dear {{ customer.name }}, we are closed.\n")
    with pytest.raises(ContentError, match=r"bulletin\.yaml:1: text: it speaks of 'customer\.name'"):
        check_bulletins(load_catalogue([caller.as_prompt], []), [caller])


def test_no_other_prompt_has_its_name() -> None:
    written = parse_content("prompts: {bulletin: {text: News.}}", "prompts/es/own.yaml")
    english = bulletin("text: We are closed today.\n")
    catalogue = load_catalogue([written, english.as_prompt], [])
    with pytest.raises(ContentError, match=r"prompts/es: prompts\.bulletin: this name is the emergency"):
        check_bulletins(catalogue, [english])
