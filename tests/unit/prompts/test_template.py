"""Wording is checked when it is read, and can reach nothing but its variables and the slot filters."""

from __future__ import annotations

import pytest

from ivr.prompts.template import parse_template


def test_the_wording_comes_out_sentence_by_sentence() -> None:
    template = parse_template("Hello {{ name }}. Press 1.", "en")
    assert template.sentences({"name": "Ann"}) == ("Hello Ann.", "Press 1.")


@pytest.mark.parametrize(
    ("wording", "variables"),
    [
        ("Goodbye.", set()),
        ("{{ 21 | ordinal }}", set()),
        ("{{ account.due_on | date }} {{ account.amount_due }}", {"account.due_on", "account.amount_due"}),
        ("{% if customer.vip %}Dear {{ customer['name'] }}{% endif %}", {"customer.vip", "customer"}),
        ("{% for item in order.items %}{{ item.name }}, {% endfor %}", {"order.items"}),
        ("{% set day = due_on | date %}{{ day }}", {"due_on"}),
    ],
)
def test_variables_are_told_by_their_path(wording: str, variables: set[str]) -> None:
    assert parse_template(wording, "en").variables == variables


@pytest.mark.parametrize(
    ("wording", "complaint"),
    [
        ("{{ x", "line 1 of the wording"),
        ("Hello.\n{% if x %}", "line 2 of the wording"),
        ("{{ x | mony }}", "No filter named 'mony'.*the filters are .*money"),
        ("{{ x | upper }}", "No filter named 'upper'"),
        ("{% include 'other' %}", "another file"),
        ("{% import 'other' as o %}", "another file"),
        ("{% extends 'other' %}", "another file"),
    ],
)
def test_unsound_wording_is_refused_with_what_would_be_right(wording: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        parse_template(wording, "en")


@pytest.mark.parametrize(
    ("wording", "missing"),
    [
        ("{{ name }}", "name"),
        ("{{ name | money }}", "name"),
        ("{{ customer.name }}", "customer.name"),
        ("{{ order.name.first }}", "order.name.first"),
        ("{{ empty.name }}", "empty.name"),
        ("{% if customer.due_on %}{{ customer.name }}{% endif %}", "customer.due_on"),
        ("{% for item in order.items_bought %}{{ item.name }}{% endfor %}", "order.items_bought"),
        ("{{ customer['name'] }}", "name"),
    ],
)
def test_a_missing_variable_is_an_error_that_names_it(wording: str, missing: str) -> None:
    with pytest.raises(ValueError, match=rf"^it speaks of {missing}, which is not there$"):
        parse_template(wording, "en").sentences({"customer": {}, "empty": None})


@pytest.mark.parametrize(
    "wording",
    ["{{ x.__class__ }}", "{{ x.__class__.__mro__ }}", "{{ range(3) }}", "{{ ''.format.__globals__ }}"],
)
def test_wording_can_not_leave_the_sandbox(wording: str) -> None:
    with pytest.raises(ValueError, match=r"unsafe|not there"):
        parse_template(wording, "en").sentences({"x": "text"})
