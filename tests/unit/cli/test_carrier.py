from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ivr.cli import carrier
from ivr.errors import ContentError


def test_people_are_listed_with_what_they_do(tmp_path: Path) -> None:
    file = tmp_path / "people.yaml"
    file.write_text(
        "people:\n"
        '  - {number: "+12025550101", name: Ada, does: {kind: answers, after: 0.5s, then: [{press: "1"}]}}'
    )
    result = CliRunner().invoke(carrier.app, ["people", str(file), "--json"])
    [ada] = json.loads(result.stdout)["people"]
    assert (ada["number"], ada["name"], ada["does"][0]["kind"]) == ("+12025550101", "Ada", "answers")
    assert (ada["does"][0]["after"], ada["does"][0]["then"][0]["press"]) == ("0.5s", "1")


def test_without_a_file_the_sample_people_are_listed() -> None:
    result = CliRunner().invoke(carrier.app, ["people", "--json"])
    assert len(json.loads(result.stdout)["people"]) > 20


def test_a_file_that_can_not_be_used_is_a_complaint(tmp_path: Path) -> None:
    file = tmp_path / "people.yaml"
    file.write_text("people: [{number: 12}]")
    with pytest.raises(ContentError):
        CliRunner().invoke(carrier.app, ["people", str(file)], catch_exceptions=False)
