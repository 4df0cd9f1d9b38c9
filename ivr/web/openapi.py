"""The description of the API, without an engine behind it."""

from __future__ import annotations

from typing import Any

from ivr.web.api import described_api
from ivr.web.problems import MEDIA_TYPE


def openapi_document() -> dict[str, Any]:
    """Return the OpenAPI document."""
    document = described_api().openapi()
    document["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    document["security"] = [{"token": []}]
    for path in document["paths"].values():
        for operation in path.values():
            _only_problems(operation["responses"])
    return document


def _only_problems(responses: dict[str, Any]) -> None:
    """Take away the media type that FastAPI adds to every answer: a problem comes as one alone."""
    for response in responses.values():
        content = response["content"]
        if MEDIA_TYPE in content:
            content.pop("application/json", None)
