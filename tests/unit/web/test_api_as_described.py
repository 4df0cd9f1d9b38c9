"""The API does what its description says, whatever it is sent, and tells nothing to whom it does not know."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from ivr.web.openapi import openapi_document
from tests.unit.web.asgi import HandIn, hands_in
from tests.unit.web.books import books
from tests.unit.web.calls_of_all_kinds import ACCOUNTS, CUSTOMERS, calls_of_all_kinds
from tests.unit.web.conftest import ADMIN_TOKEN, AGENT_TOKEN, Api

PROBLEM = "application/problem+json"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
OPERATIONS = [
    ("/api/v1/calls/{call_id}/story", "GET"),
    ("/api/v1/calls/{call_id}/disposition", "POST"),
    ("/api/v1/customers/{customer_id}/why", "GET"),
]
TOKENS = {"right": AGENT_TOKEN, "may not tell": ADMIN_TOKEN, "wrong": AGENT_TOKEN[:-1], "none": None}
A_WHILE, LONG = 25, 600


def cases(path: str, method: str, calls: list[str]) -> st.SearchStrategy[Case[Any]]:
    """Return requests that fit the description and that do not, most of them about what is there."""
    # Who asks is our own part of a request.
    config = schemathesis.Config.from_dict({"generation": {"with-security-parameters": False}})
    operation = schemathesis.openapi.from_dict(openapi_document(), config=config)[path][method]
    of_customers: list[dict[str, Any]] = [{"customer_id": customer} for customer in CUSTOMERS]
    of_calls: list[dict[str, Any]] = [{"call_id": call} for call in calls]
    about = [None, *(of_calls if "{call_id}" in path else of_customers)]
    strategies = [
        operation.as_strategy(mode, path_parameters=which) for mode in GenerationMode for which in about
    ]
    return st.one_of(strategies)


def about_somebody(case: Case[Any], who: str | None, which: str | None) -> None:
    """Let a disposition name a customer and an account that may be there."""
    if isinstance(case.body, dict):
        case.body |= {"customer_id": who} if who else {}
        case.body |= {"account_id": which} if which else {}


def is_a_problem(response: Any) -> None:
    """Hold a refusal to its form: sentences that say what is wrong and what would be right."""
    assert response.headers["content-type"] == [PROBLEM]
    told = response.json()
    assert told["status"] == response.status_code
    assert told["detail"].endswith(".")
    if response.status_code == 422:
        assert told["problems"]
        for each in told["problems"]:
            assert all(each[part].strip() for part in ("field", "wrong", "right")), each


def examples_of(
    strategy: st.SearchStrategy[Case[Any]], most: int, token: str | None, url: str, file: Path
) -> None:
    """Send what hypothesis comes up with, and hold every answer to the description."""
    who, which = st.sampled_from((None, *CUSTOMERS)), st.sampled_from((None, *ACCOUNTS))
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    with requests.Session() as session:

        @settings(max_examples=most, suppress_health_check=list(HealthCheck))
        @given(strategy, who, which)
        def fits(case: Case[Any], who: str | None, which: str | None) -> None:
            before = books(file)
            about_somebody(case, who, which)
            response = case.call(base_url=url, session=session, headers=headers)
            case.validate_response(response, checks=CHECKS)
            if response.status_code >= 400:
                is_a_problem(response)
                assert books(file) == before
            if token not in (AGENT_TOKEN, ADMIN_TOKEN):
                assert response.status_code == 401

        fits()


@pytest.mark.parametrize("most", [A_WHILE, pytest.param(LONG, marks=pytest.mark.full)])
@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
async def test_every_answer_is_as_described(
    api: Api, tmp_path: Path, path: str, method: str, token: str, most: int
) -> None:
    calls = await calls_of_all_kinds(api.engine)
    strategy = cases(path, method, calls)

    def examples(_: HandIn[Any]) -> None:
        examples_of(strategy, most, TOKENS[token], api.url, tmp_path / "store.db")

    await hands_in(examples)


def test_every_operation_is_among_those_that_are_tried() -> None:
    described = openapi_document()["paths"]
    assert {(path, method.upper()) for path in described for method in described[path]} == set(OPERATIONS)
