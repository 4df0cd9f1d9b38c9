"""What is shipped works together, and a name that leads nowhere is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.attempts.rule_book import RuleBook, load_rule_book
from ivr.content_file import ContentFile, parse_content
from ivr.errors import ContentError

ROOT = Path(__file__).parents[3]
FLOWS = frozenset(file.stem for file in (ROOT / "dialplans" / "flows").glob("*.yaml"))


def contents(*files: Path) -> list[ContentFile]:
    return [parse_content(file.read_text(), str(file.relative_to(ROOT))) for file in files]


def shipped() -> tuple[list[ContentFile], list[ContentFile], list[ContentFile]]:
    rules, demo = ROOT / "alert_rules", ROOT / "config" / "samples" / "demo"
    return (
        contents(*sorted(rules.glob("*.yaml"))),
        contents(*sorted(rules.glob("retry/*.yaml")), *sorted(demo.glob("retry/*.yaml"))),
        contents(*sorted(rules.glob("hours/*.yaml")), demo / "hours/any.yaml"),
    )


def test_the_starter_content_is_right() -> None:
    book = load_rule_book(*shipped(), FLOWS)
    rule = book.rules["payment-overdue"]
    assert book.retry_rule_of(rule).name == "standard"
    assert book.hours_of(rule).name == "us-standard"


def test_each_file_is_called_as_what_is_in_it() -> None:
    for content in (content for kind in shipped() for content in kind):
        assert Path(content.file).stem == content.data["name"]


def test_the_demo_calls_at_any_hour_and_retries_in_seconds() -> None:
    _, retry_rules, hours = shipped()
    demo = contents(ROOT / "config/samples/demo/payment-overdue.yaml")
    book: RuleBook = load_rule_book(demo, retry_rules, hours, FLOWS)
    rule = book.rules["payment-overdue"]
    assert book.hours_of(rule).is_always_open
    waits = [wait for again in book.retry_rule_of(rule).retry.values() if again for wait in again.after]
    assert max(wait.total_seconds() for wait in waits) <= 10


def test_names_that_lead_nowhere_are_told_beside_all_other_problems() -> None:
    _, retry_rules, hours = shipped()
    text = (ROOT / "alert_rules/payment-overdue.yaml").read_text()
    text = text.replace("retry: standard", "retry: standart").replace("before: today", "before: yesterday")
    others = [each for each in hours if each.data["name"] != "us-standard"]
    with pytest.raises(ContentError) as caught:
        load_rule_book([parse_content(text, "mine.yaml")], retry_rules, others, frozenset())
    assert [(problem.field, problem.wrong) for problem in caught.value.problems] == [
        ("when.all.2", "'yesterday' is no day"),
        ("plan.0.flow", "there is no flow named 'payment-overdue'"),
        ("retry", "there is no retry rule named 'standart'"),
        ("hours", "there is no calling hours named 'us-standard'"),
    ]
    assert "use one of demo, forwarded, standard" in str(caught.value)


def test_a_flow_that_only_another_flow_may_enter_starts_no_call() -> None:
    rules, retry_rules, hours = shipped()
    with pytest.raises(
        ContentError,
        match=r"plan\.0\.flow: the flow 'payment-overdue' counts on a listener whom another flow",
    ):
        load_rule_book(rules, retry_rules, hours, FLOWS, sub_flows=FLOWS)
