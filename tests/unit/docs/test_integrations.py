"""docs/integrations.md says what the API does."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.outcomes.agent_disposition import AgentDisposition
from ivr.outcomes.response import Effect
from ivr.settings import load_settings
from ivr.web.access import ALLOWED, Action, Role
from ivr.web.openapi import openapi_document
from tests.unit.docs.pages import blocks, page, section, table_rows

PAGE = page("integrations.md")
WORDS = {row[0].strip("`"): row for row in table_rows(section(PAGE, "## What the call came to"))}


def test_every_word_is_there() -> None:
    assert list(WORDS) == [word.value for word in AgentDisposition]


@pytest.mark.parametrize("word", AgentDisposition)
def test_a_word_does_what_is_told(word: AgentDisposition) -> None:
    _, done, alert = WORDS[word.value]
    assert ("hold" in done) == (word.hold is not None)
    assert ("all of the customer's" in alert) == word.is_about_all
    assert (" end" in f" {alert}") == (word.effect is Effect.SETTLING)


def test_the_roles_may_what_is_told() -> None:
    rows = table_rows(section(PAGE, "## Switch it on"))
    told = {row[0].strip("`"): [cell == "yes" for cell in row[1:]] for row in rows}
    may = {
        role.value: [
            action in ALLOWED[role]
            for action in (Action.READ_STORY, Action.RECORD_DISPOSITION, Action.READ_WHY)
        ]
        for role in Role
    }
    assert told == may


def test_the_addresses_are_those_of_the_api() -> None:
    told = {line.split()[1] for block in blocks(PAGE, "http") for line in block.splitlines()[:1]}
    assert told == set(openapi_document()["paths"])


def test_the_example_of_settings_can_be_used(tmp_path: Path) -> None:
    [example] = blocks(PAGE, "toml")
    file = tmp_path / "ivr.toml"
    file.write_text(example, "utf-8")
    settings = load_settings(file, {})
    assert settings.web.enabled
    assert [client.name for client in settings.api_clients] == ["crm"]
