"""`ivr import`: take customers and accounts in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ivr.cli.context import JsonOption, invocation, print_json, ui
from ivr.cli.with_store import with_store


def import_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV with the columns of docs/importing.md.")],
    as_json: JsonOption = False,
) -> None:
    """Import customers and accounts from a CSV file.

    Nothing is written unless every row is right; every mistake is told at once. Running it again completes an
    import that was broken off.
    Importing the same file again changes nothing; a later file replaces what it names.
    """
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from ivr.engine.import_customers import import_customers
    from ivr.sources.csv_file import read_customers

    settings = invocation(context).settings
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=ui, transient=as_json) as bars:
        reading = bars.add_task("Reading", total=None)
        records = read_customers(
            file, lambda done, total: bars.update(reading, completed=done, total=total)
        ).records
        storing = bars.add_task("Storing", total=len(records))
        with_store(
            settings,
            lambda store: import_customers(store, records, lambda done: bars.update(storing, completed=done)),
        )
    accounts = sum(len(record.accounts) for record in records)
    if as_json:
        print_json({"customers": len(records), "accounts": accounts})
    else:
        ui.print(f"{len(records)} customers with {accounts} accounts are in.", highlight=False)
