"""`ivr why`: why a customer is called, or is not."""

from __future__ import annotations

from typing import Annotated

import typer

from ivr.cli.context import JsonOption, invocation


def why(
    context: typer.Context,
    customer: Annotated[
        str,
        typer.Argument(
            help="A customer's id, a telephone number of theirs, or the reference of one of their alerts."
        ),
    ],
    as_json: JsonOption = False,
) -> None:
    """Tell why a customer is called, or is not, in plain words. Changes nothing.

    What each address may be used for; opt-outs, holds and links; for each account what every live rule makes
    of it now, and what would be needed where it does not match; the alerts with every attempt, what was
    decided about it, what it waits for and until when. In the end: when the next call is, or why none comes.

    Several customers may share a number: they are listed, to be asked for by id. docs/why.md tells more.
    """
    from ivr.cli.tell_why import tell_why

    tell_why(invocation(context).settings, customer, as_json=as_json)
