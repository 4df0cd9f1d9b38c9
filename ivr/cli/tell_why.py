"""Find whom a word names, and tell why they are called, or are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from zoneinfo import ZoneInfo

from rich.table import Table

from ivr.app.content import company_of
from ivr.app.line import permission_of
from ivr.app.publications import live_rules
from ivr.attempts.eligibility.ask import Policies
from ivr.cli.context import print_json, ui
from ivr.cli.why_tree import why_tree
from ivr.cli.with_store import with_store
from ivr.clock import utc_now
from ivr.engine.explain_customer import Named, explain_customer
from ivr.errors import NotFoundError
from ivr.settings import Settings
from ivr.store.sql_store import SqlStore
from ivr.store.why_facts import SqlWhyFacts
from ivr.why.explanation import Why


def tell_why(settings: Settings, word: str, *, as_json: bool) -> None:
    """Tell it of whom an id, a telephone number or a reference names; list those who share it.

    Raises NotFoundError where it names nobody.
    """
    named, found = with_store(settings, lambda store: _explained(settings, store, word))
    if not named:
        raise NotFoundError(
            f"There is no customer {word!r}; give a customer's id, a telephone number (+12025550123) or "
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
