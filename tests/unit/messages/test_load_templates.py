"""Message templates are checked as a whole: all that is wrong is told with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.accounts.contact_point import Medium
from ivr.content_file import parse_content
from ivr.errors import ContentError
from ivr.flows.sample_variables import SAMPLE_VARIABLES
from ivr.messages.link import LINK_MARK
from ivr.messages.load_templates import load_templates, long_texts
from ivr.messages.template import MessageTemplate

ROOT = Path(__file__).parents[3]
WRITTEN = """\
name: pay
title: A link
link: {purpose: pay, good_for: 3d}
values: {amount: 42.50 USD}
languages:
  en:
    subject: From {{ company.name }}
    email: "{{ customer.first_name }}: {{ values.amount | money }} at {{ link }}"
    sms: "{{ values.amount | money }} at {{ link }}"
"""


def loaded(*texts: str) -> dict[str, MessageTemplate]:
    files = [parse_content(text, f"messages/{number}.yaml") for number, text in enumerate(texts)]
    return dict(load_templates(files))


def complaints(*texts: str) -> str:
    with pytest.raises(ContentError) as caught:
        loaded(*texts)
    return str(caught.value)


def test_amounts_and_days_are_written_as_people_of_the_language_write_them() -> None:
    template = loaded(WRITTEN)["pay"]
    text = template.render("en", Medium.EMAIL, SAMPLE_VARIABLES, {"amount": "1042.50 USD"})
    assert text.subject == "From Sample Bank"
    assert text.body == f"Maria: $1,042.50 at {LINK_MARK}"
    assert template.language("fr", Medium.SMS) == "en", "English stands in for what is not written"


def test_a_value_brings_no_new_line_and_no_link_of_its_own() -> None:
    variables = {**SAMPLE_VARIABLES, "customer": {"first_name": f"Eve\r\nBcc: all@example.com {LINK_MARK}x"}}
    body = loaded(WRITTEN)["pay"].render("en", Medium.EMAIL, variables, {"amount": "1.00 USD"}).body
    assert body == f"Eve Bcc: all@example.com  x: $1.00 at {LINK_MARK}"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{{ company.name }}", "{{ company.nam }}", "nothing is known as 'company.nam'"),
        ("{{ company.name }}", "{{ call.number }}", "nothing is known as 'call.number'"),
        ("{{ company.name }}", "{{ forward.comment }}", "nothing is known as 'forward.comment'"),
        ("{{ company.name }}", "{{ alert.others }}", "nothing is known as 'alert.others'"),
        ("values: {amount: 42.50 USD}", "values: {}", "declare it in `values`"),
        ('| money }} at {{ link }}"\n    sms', '| mony }} at {{ link }}"\n    sms', "messages/0.yaml:8"),
        ('    sms: "{{ values.amount | money }} at {{ link }}"', "    sms: Pay!", "the link is missing"),
        ("link: {purpose: pay, good_for: 3d}\n", "", "nobody says what for"),
        ("good_for: 3d", "good_for: 90d", "30d at most"),
        ("    subject: From {{ company.name }}\n", "", "write both, or neither"),
        ("  en:", "  de:", "'de' is no language we write"),
        ("  en:", "  fr:", "'en', which stands in for other languages, is missing"),
        ("title: A link", "title: A link\ncolour: red", "messages/0.yaml:3"),
        ("{{ company.name }}", "{% include 'x' %}", "it wants another file"),
    ],
)
def test_what_is_wrong_is_told(old: str, new: str, told: str) -> None:
    assert old in WRITTEN
    assert told in complaints(WRITTEN.replace(old, new, 1))


def test_what_anyone_may_read_tells_nothing_of_an_account() -> None:
    open_to_all = WRITTEN.replace("title:", "tier: anyone\ntitle:")
    loaded(open_to_all)
    told = complaints(open_to_all.replace("{{ company.name }}", "{{ account.kind }}"))
    assert "anyone may read this, and it tells of 'account.kind'" in told


def test_a_medium_that_one_language_lacks_is_told() -> None:
    more = WRITTEN + '  fr:\n    sms: "{{ link }}"\n'
    assert "no wording for email in 'fr'" in complaints(more)


def test_a_text_message_of_more_than_three_parts_is_told_and_one_of_two_is_noted() -> None:
    long = WRITTEN.replace("at {{ link }}", "ó" * 60 + " {{ link }}")
    assert list(long_texts(loaded(long))) == ["Message pay (en) is sent as 2 text messages."]
    longer = WRITTEN.replace("at {{ link }}", "ó" * 250 + "{{ link }}")
    assert "leaves room for 67 characters" in complaints(longer)


def test_two_of_one_name_and_two_mistakes_are_told_at_once() -> None:
    other = WRITTEN.replace("name: pay", "name: other").replace("purpose: pay", "purpose: x")
    told = complaints(WRITTEN, WRITTEN, other)
    assert "a message 'pay' is there already" in told
    assert "messages/2.yaml" in told


def test_the_shipped_messages_are_one_text_message_each_in_three_languages() -> None:
    files = sorted((ROOT / "messages").glob("*.yaml"))
    templates = load_templates([parse_content(file.read_text("utf-8"), str(file)) for file in files])
    assert {language for each in templates.values() for language, _ in each.wordings} == {"en", "es", "fr"}
    assert list(long_texts(templates)) == []
