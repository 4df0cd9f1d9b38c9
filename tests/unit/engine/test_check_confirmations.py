"""A rule names messages that are there and that can be filled in, or `ivr check` says so."""

from __future__ import annotations

import pytest

from ivr.content_file import ContentFile, parse_content
from ivr.engine.check_confirmations import check_confirmations
from ivr.messages.load_templates import load_templates
from ivr.rules.rule import Rule

RULE = """
name: r
title: R
topic: payments
when: {field: account.amount_due, more_than: 0}
plan: [{medium: voice, flow: f}]
retry: standard
hours: h
schedule: {every: 5m}
"""
MESSAGE = """
name: thanks
title: Thanks
languages: {en: {sms: "Thank you."}}
"""
WANTS_MORE = """
name: wants-more
title: Wants more
values: {amount: 1.00 USD, colour: red}
languages: {en: {sms: "Thank you for {{ values.amount | money }}, {{ values.colour }}."}}
"""
LINKED = """
name: linked
title: Linked
link: {purpose: pay, good_for: 3d}
languages: {en: {sms: "Pay here: {{ link }}"}}
"""


def complaints(confirm: str) -> list[tuple[str, str]]:
    file: ContentFile = parse_content(f"{RULE}confirm: {confirm}\n", "r.yaml")
    messages = load_templates([parse_content(text, "m.yaml") for text in (MESSAGE, WANTS_MORE, LINKED)])
    rule = Rule.model_validate(file.data)
    return [(found.field, found.wrong) for found in check_confirmations([file], {"r": rule}, messages)]


@pytest.mark.parametrize("confirm", ["{}", "{payment: never}", "{payment: thanks, promise: never}"])
def test_sound_terms_are_no_matter(confirm: str) -> None:
    assert complaints(confirm) == []


def test_a_message_that_is_not_there_is_told() -> None:
    assert complaints("{payment: thank-you}") == [
        ("confirm.payment", "there is no message named 'thank-you'")
    ]


def test_a_message_that_wants_what_nobody_gives_it_is_told() -> None:
    [(field, wrong)] = complaints("{payment: wants-more}")
    assert field == "confirm.payment"
    assert "'colour'" in wrong


def test_a_message_with_a_link_confirms_nothing() -> None:
    [(field, wrong)] = complaints("{promise: linked}")
    assert field == "confirm.promise"
    assert "holds a link" in wrong


def test_what_can_not_be_confirmed_is_refused() -> None:
    with pytest.raises(ValueError, match="weather"):
        Rule.model_validate(parse_content(f"{RULE}confirm: {{weather: thanks}}\n", "r.yaml").data)
