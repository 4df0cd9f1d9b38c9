"""Our requests beside Asterisk's own description of its interface."""

from __future__ import annotations

import re
from typing import Any

import aiohttp
import pytest

from ivr.ari.parse_event import KNOWN_TYPES
from ivr.ari.request import Request
from ivr.switch.instance import Instance
from tests.unit.ari.every_request import REQUESTS, described_path

pytestmark = pytest.mark.asterisk


async def description(instance: Instance, name: str) -> dict[str, Any]:
    connection = instance.connection()
    credentials = aiohttp.encode_basic_auth(connection.ari_user, connection.ari_password)
    async with (
        aiohttp.ClientSession(headers={"Authorization": credentials}) as session,
        session.get(f"{connection.ari_url}/ari/api-docs/{name}.json") as response,
    ):
        described: dict[str, Any] = await response.json()
        return described


def operations(described: dict[str, Any]) -> dict[tuple[str, str], set[str]]:
    return {
        (operation["httpMethod"], api["path"]): {
            parameter["name"] for parameter in operation.get("parameters", [])
        }
        for api in described["apis"]
        for operation in api["operations"]
    }


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda request: request.operation)
async def test_asterisk_knows_the_request_and_each_of_its_parameters(
    request_: Request[object], engine: Instance
) -> None:
    resource = re.split("/", request_.path)[1]
    known = operations(await description(engine, resource))
    parameters = known[request_.method, described_path(request_)]
    given = {"filter"} if request_.operation == "set_event_filter" else set(request_.params)
    assert given <= parameters


async def test_asterisk_knows_every_type_of_event_in_the_filter(engine: Instance) -> None:
    models = (await description(engine, "events"))["models"]
    assert set(KNOWN_TYPES) <= set(models)
