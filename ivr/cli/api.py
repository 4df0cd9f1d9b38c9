"""`ivr api`: what other programs can ask of this one over HTTP."""

from __future__ import annotations

import json

import typer

app = typer.Typer(name="api", help="The HTTP API for programs at the agents' desks.", no_args_is_help=True)


@app.callback()
def _api() -> None:
    """Keep `schema` a command of its own."""


@app.command()
def schema() -> None:
    """Write the API's description, an OpenAPI document in JSON, for whoever makes a client of it."""
    from ivr.web.openapi import openapi_document

    typer.echo(json.dumps(openapi_document(), indent=2, ensure_ascii=False))
