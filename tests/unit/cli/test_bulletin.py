"""`ivr bulletin`: on the air, shown, off the air."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ivr.cli import app
from ivr.clock import utc_now
from ivr.errors import ContentError, UsageError
from tests.unit.cli.test_publishing import bank, edit, ivr, versions

__all__ = ["bank"]


def shown() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(ivr("bulletin", "show", "--json"))["bulletins"]
    return found


@pytest.fixture
def published(bank: Path) -> Path:
    ivr("publish", "--note", "the beginning")
    return bank


def test_a_text_goes_on_the_air_as_a_version_of_its_own(published: Path) -> None:
    ivr("bulletin", "set", "We are closed today.")
    assert versions()[0] == (2, "bulletin (en) written")
    assert shown() == [
        {
            "language": "en",
            "text": "We are closed today.",
            "is_recorded": False,
            "until": None,
            "is_on_air": True,
        }
    ]


def test_it_may_end_by_itself(published: Path) -> None:
    told = json.loads(ivr("bulletin", "set", "We are closed today.", "--hours", "2", "--json"))
    until = datetime.fromisoformat(told["until"])
    assert abs(until - utc_now() - timedelta(hours=2)) < timedelta(minutes=1)
    assert shown()[0]["is_on_air"]


def test_each_language_has_its_own(published: Path) -> None:
    ivr("bulletin", "set", "We are closed today.")
    ivr("bulletin", "set", "Hoy estamos cerrados.", "--language", "es")
    assert [each["language"] for each in shown()] == ["en", "es"]
    ivr("bulletin", "clear", "--language", "en")
    assert [each["language"] for each in shown()] == ["es"]
    ivr("bulletin", "clear")
    assert shown() == []


def test_it_stays_on_the_air_when_somebody_publishes_and_stands_in_nobodys_way(published: Path) -> None:
    ivr("bulletin", "set", "We are closed today.")
    edit(published, "expires_after: 14d", "expires_after: 10d")
    done = CliRunner().invoke(app, ["publish", "--note", "shorter"], catch_exceptions=False)
    assert "bulletin" not in done.stderr, "nobody changed that"
    assert versions()[0] == (3, "shorter")
    assert [each["text"] for each in shown()] == ["We are closed today."]


def test_a_rollback_brings_back_what_was_on_the_air_then(published: Path) -> None:
    ivr("bulletin", "set", "We are closed today.")
    ivr("rollback", "1")
    assert shown() == []


def test_what_can_not_be_said_is_told_and_nothing_changes(published: Path) -> None:
    with pytest.raises(ContentError, match=r"customer\.name"):
        ivr("bulletin", "set", "Dear {{ customer.name }}.")
    with pytest.raises(UsageError, match="'de' is no language we can say"):
        ivr("bulletin", "set", "Heute geschlossen.", "--language", "de")
    assert len(versions()) == 1


def test_before_anything_is_published_there_is_nothing_to_go_before(bank: Path) -> None:
    with pytest.raises(UsageError, match="nothing is published yet"):
        ivr("bulletin", "set", "We are closed today.")
    assert shown() == []


def test_people_are_told_in_words(published: Path) -> None:
    done = CliRunner().invoke(app, ["bulletin", "set", "Closed."], catch_exceptions=False)
    assert "On the air (en), until `ivr bulletin clear`: version 2." in done.stderr
    done = CliRunner().invoke(app, ["bulletin", "show"], catch_exceptions=False)
    assert "Closed." in done.stderr
