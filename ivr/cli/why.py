"""`ivr why`: why a customer is called, or is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.table import Table

from ivr.attempts.eligibility.ask import Policies
from ivr.cli.context import JsonOption, invocation, print_json, ui
from ivr.cli.why_tree import why_tree
from ivr.cli.with_store import with_store
from ivr.clock import utc_now
from ivr.engine.explain_customer import Named, explain_customer
from ivr.errors import NotFoundError
from ivr.settings import Settings
from ivr.store.sql_store import SqlStore
from ivr.why.explanation import Why


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
    settings = invocation(context).settings
    named, found = with_store(settings, lambda store: _explained(settings, store, customer))
    if not named:
        raise NotFoundError(
            f"There is no customer {customer!r}; give a customer's id, a telephone number (+12025550123) or "
            "the nine digits of an alert's reference."
        )
    if found is None:
        _list(named, as_json=as_json)
    elif as_json:
        print_json(found)
    else:
        ui.print(why_tree(found))


async def _explained(settings: Settings, store: SqlStore, word: str) -> tuple[Sequence[Named], Why | None]:
    """Return whom the word names and, where that is one, the explanation."""
    from ivr.app.content import company_of
    from ivr.app.line import permission_of
    from ivr.app.publications import live_rules
    from ivr.store.why_facts import SqlWhyFacts

    customers = SqlWhyFacts(store)
    named = await customers.named(word, company_of(settings).region)
    if len(named) != 1:
        return named, None
    book, time_zone = await live_rules(settings, store), ZoneInfo(settings.time_zone)
    policies = Policies(book, time_zone, permission_of(settings))
    return named, await explain_customer(customers, policies, named[0].customer_id, utc_now())


def _list(named: Sequence[Named], *, as_json: bool) -> None:
    if as_json:
        print_json({"customers": [asdict(each) for each in named]})
        return
    table = Table("Customer", "Name")
    for each in named:
        table.add_row(each.customer_id, each.name)
    ui.print(table)
    ui.print("They share the number; ask for one of them by id.")
