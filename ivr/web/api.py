"""The HTTP API as one application."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import FastAPI

from ivr import __version__
from ivr.web.access import ApiClient
from ivr.web.calls import router as calls
from ivr.web.customers import router as customers
from ivr.web.desk import Desk
from ivr.web.door import Door
from ivr.web.problems import tell_problems


def described_api() -> FastAPI:
    """Return the application without anything behind it. It shows its description to nobody."""
    api = FastAPI(title="Answerback", version=__version__, openapi_url=None, redirect_slashes=False)
    api.include_router(calls)
    api.include_router(customers)
    return api


def create_api(desk: Desk, clients: Sequence[ApiClient]) -> FastAPI:
    """Return the application that works with `desk` for these clients, and for nobody else."""
    api = described_api()
    api.state.desk = desk
    tell_problems(api)
    api.add_middleware(Door, clients=clients)
    return api
