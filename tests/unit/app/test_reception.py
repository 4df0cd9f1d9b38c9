"""The settings name flows for callers; a name that leads nowhere is told with its line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ivr.app.content import content_of
from ivr.app.reception import check_reception, reception_of, unserved_numbers
from ivr.errors import ContentError
from ivr.settings import Settings, load_settings


def settings(folder: Path, flow: str) -> Settings:
    (folder / "config").mkdir()
    file = folder / "config/ivr.toml"
    file.write_text(f'[[inbound]]\nnumber = "+18005550100"\nflow = "{flow}"\n', encoding="utf-8")
    return load_settings(file, {})


def test_callers_are_served_for_as_long_as_any_call_may_last(tmp_path: Path) -> None:
    reception = reception_of(settings(tmp_path, "front-desk"))
    assert reception.our_number("8005550100") == "+18005550100"
    assert reception.max_duration == 600


def test_the_shipped_flow_serves_callers(tmp_path: Path) -> None:
    known = settings(tmp_path, "front-desk")
    check_reception(known, content_of(known))


@pytest.mark.parametrize(
    ("flow", "wrong", "right"),
    [
        (
            "nowhere",
            "there is no flow 'nowhere'",
            "name one of: agent-desk, agent, blocked-caller, front-desk",
        ),
        ("toll-free-matter", "the flow 'toll-free-matter' is a part of another one", "begins with anyone"),
        ("payment-overdue", "the flow 'payment-overdue' is for calls that we place", "direction: inbound"),
    ],
)
def test_a_flow_that_can_not_serve_callers_is_told(tmp_path: Path, flow: str, wrong: str, right: str) -> None:
    named = settings(tmp_path, flow)
    with pytest.raises(ContentError) as caught:
        check_reception(named, content_of(named))
    [problem] = caught.value.problems
    assert (problem.line, problem.field, problem.wrong) == (3, "inbound.0.flow", wrong)
    assert right in problem.right


def test_a_number_can_be_one_rule_s_and_take_so_many_callers(tmp_path: Path) -> None:
    known = settings(tmp_path, 'toll-free"\nrule = "payment-overdue"\nmost_calls = 20 # "')
    check_reception(known, content_of(known))
    reception = reception_of(known)
    assert reception.rules == {"+18005550100": "payment-overdue"}
    assert reception.most_calls == {"+18005550100": 20}


def test_a_rule_that_is_not_there_is_told(tmp_path: Path) -> None:
    named = settings(tmp_path, 'toll-free"\nrule = "nowhere')
    with pytest.raises(ContentError) as caught:
        check_reception(named, content_of(named))
    [problem] = caught.value.problems
    assert (problem.line, problem.wrong) == (4, "there is no rule 'nowhere'")
    assert "payment-overdue" in problem.right


@pytest.mark.parametrize(("number", "is_told"), [("+18005550100", False), ("+18005550199", True)])
def test_a_rule_that_asks_to_be_called_where_nobody_answers_is_told(
    tmp_path: Path, number: str, is_told: bool
) -> None:
    named = settings(tmp_path, "toll-free")
    content = content_of(named)
    rule = content.book.rules["payment-overdue"].model_copy(update={"call_back_number": number})
    told = replace(content, book=replace(content.book, rules={rule.name: rule}))
    assert [number in sentence for sentence in unserved_numbers(named, told)] == [True] * is_told
