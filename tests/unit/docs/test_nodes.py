"""The page of all fields is what `ivr flows schema` prints."""

from __future__ import annotations

from ivr.cli.flow_schema import as_markdown
from tests.unit.docs.pages import page


def test_the_tables_are_those_of_the_models() -> None:
    told = page("nodes.md")
    assert told[told.index("\n## ") + 1 :] == as_markdown(), (
        "write what `ivr flows schema` prints below its head"
    )
