"""The description is written without an engine, and says how one asks."""

from __future__ import annotations

import json

from typer.testing import CliRunner

from ivr.cli import app
from ivr.outcomes.agent_disposition import AgentDisposition
from ivr.web.openapi import openapi_document


def test_the_command_writes_the_description() -> None:
    result = CliRunner().invoke(app, ["api", "schema"], catch_exceptions=False)
    assert json.loads(result.stdout) == openapi_document()


def test_it_tells_of_the_token_and_of_every_word() -> None:
    document = openapi_document()
    assert document["security"] == [{"token": []}]
    words = document["components"]["schemas"]["AgentDisposition"]["enum"]
    assert words == [word.value for word in AgentDisposition]


def test_every_refusal_is_a_problem_and_nothing_else() -> None:
    for path in openapi_document()["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                [media_type] = response["content"]
                assert (media_type == "application/problem+json") == (status != "200")


def test_what_the_door_refuses_is_told_of_every_operation() -> None:
    for path in openapi_document()["paths"].values():
        for operation in path.values():
            assert {"401", "403", "411", "413", "422"} <= set(operation["responses"])
