"""What went wrong, as a JSON object for programs with sentences for people (RFC 9457)."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException

from ivr.errors import ContentError, KeyTakenError, NotFoundError, StoreError

log = structlog.get_logger()

MEDIA_TYPE = "application/problem+json"


class FieldProblem(BaseModel):
    """One thing in the request that can't be used."""

    model_config = ConfigDict(frozen=True)

    field: str
    """Where in the request, by dotted path."""
    wrong: str
    """What is wrong."""
    right: str
    """What would be right."""


class ProblemReport(BaseModel):
    """Why nothing was done."""

    model_config = ConfigDict(frozen=True)

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    """In sentences."""
    problems: tuple[FieldProblem, ...] = ()
    """Everything that is wrong with the request, all at once."""


def problem(
    status: HTTPStatus,
    detail: str,
    problems: Sequence[FieldProblem] = (),
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    """Return the answer for a request that was not done."""
    report = ProblemReport(title=status.phrase, status=status, detail=detail, problems=tuple(problems))
    return JSONResponse(report.model_dump(), status, headers, MEDIA_TYPE)


def refusals(*statuses: int) -> dict[int | str, dict[str, object]]:
    """Return how a route's description tells that these statuses come as a report."""
    schema = {"schema": {"$ref": "#/components/schemas/ProblemReport"}}
    return {status: {"model": ProblemReport, "content": {MEDIA_TYPE: schema}} for status in statuses}


def tell_problems(api: FastAPI) -> None:
    """Let every error be told in this form."""
    api.add_exception_handler(RequestValidationError, _invalid)
    api.add_exception_handler(ContentError, _unusable)
    api.add_exception_handler(NotFoundError, _not_found)
    api.add_exception_handler(KeyTakenError, _key_taken)
    api.add_exception_handler(StoreError, _no_store)
    api.add_exception_handler(HTTPException, _refused)
    api.add_exception_handler(Exception, _broken)


_NO_JSON = FieldProblem(field="body", wrong="it is no JSON", right="send one JSON object in UTF-8")


def _sentence(each: FieldProblem) -> str:
    return f"{each.field}: {each.wrong}; {each.right}."


def _unprocessable(problems: Sequence[FieldProblem]) -> JSONResponse:
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, " ".join(map(_sentence, problems)), problems)


def _invalid(_request: Request, error: Exception) -> JSONResponse:
    # What was sent is not repeated: it may hold what must not be written anywhere.
    findings = error.errors() if isinstance(error, RequestValidationError) else []
    return _unprocessable([_of_finding(finding) for finding in findings])


def _of_finding(finding: dict[str, Any]) -> FieldProblem:
    place = [str(part) for part in finding["loc"] if part not in ("body", "header", "path")]
    field = ".".join(place) or "body"
    told = str(finding["msg"]).removeprefix("Value error, ")
    match finding["type"]:
        case "missing":
            return FieldProblem(field=field, wrong="it is missing", right="add it")
        case "extra_forbidden":
            return FieldProblem(field=field, wrong="there is no such field", right="leave it out")
        case "json_invalid":
            return _NO_JSON
        case "model_attributes_type" if field == "body":
            return FieldProblem(
                field=field, wrong="it is no JSON object", right="send one as application/json"
            )
        case "value_error":
            wrong, _, right = told.partition("; ")
            return FieldProblem(field=field, wrong=wrong, right=right or "mend it")
        case _:
            right = told[:1].lower() + told[1:]
            return FieldProblem(field=field, wrong="it can't be used", right=right)


def _unusable(_request: Request, error: Exception) -> JSONResponse:
    found = error.problems if isinstance(error, ContentError) else ()
    return _unprocessable([FieldProblem(field=p.field, wrong=p.wrong, right=p.right) for p in found])


def _not_found(_request: Request, error: Exception) -> JSONResponse:
    return problem(HTTPStatus.NOT_FOUND, str(error))


def _key_taken(_request: Request, error: Exception) -> JSONResponse:
    return problem(HTTPStatus.CONFLICT, str(error))


def _no_store(_request: Request, error: Exception) -> JSONResponse:
    log.error("the store is out of reach", error=str(error))
    told = "The books can't be reached now; ask again with the same key."
    return problem(HTTPStatus.SERVICE_UNAVAILABLE, told, headers={"Retry-After": "5"})


def _refused(_request: Request, error: Exception) -> JSONResponse:
    status = HTTPStatus(error.status_code if isinstance(error, HTTPException) else 500)
    if status is HTTPStatus.BAD_REQUEST:  # FastAPI's own: not even the letters of the body can be read
        return _unprocessable([_NO_JSON])
    detail = error.detail if isinstance(error, HTTPException) else ""
    if detail == status.phrase:
        detail = {
            HTTPStatus.NOT_FOUND: "There is nothing at this address.",
            HTTPStatus.METHOD_NOT_ALLOWED: "This address does not take this method.",
        }.get(status, f"{detail}.")
    headers = getattr(error, "headers", None)
    return problem(status, detail, headers=dict(headers) if headers else None)


def _broken(_request: Request, _error: Exception) -> JSONResponse:
    # The server logs the error itself.
    told = (
        "We failed at this. Nothing was kept; ask again with the same key, and tell us if it happens again."
    )
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, told)
