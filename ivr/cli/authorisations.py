"""`ivr authorisations`: who agreed to automatic payments, on what evidence; ended by hand."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table

from ivr.cli.context import JsonOption, invocation, print_json, ui, user_name
from ivr.cli.with_store import with_store
from ivr.clock import utc_now
from ivr.errors import UsageError

app = typer.Typer(
    name="authorisations",
    help="Who agreed to automatic payments.",
    no_args_is_help=True,
)


@app.command("list")
def list_authorisations(context: typer.Context, as_json: JsonOption = False) -> None:
    """List the authorisations that last, by their next day."""
    from ivr.store.reports import lasting_authorisations

    found = with_store(invocation(context).settings, lambda store: store.read(lasting_authorisations))
    if as_json:
        print_json({"authorisations": [asdict(each) for each in found]})
        return
    table = Table("Account", "Customer", "Charges", "Next on", "Agreed at", "Recording", "Last")
    for each in found:
        agreed = f"{each.agreed_at:%Y-%m-%d %H:%M}"
        voice, last = each.recording or "", each.last_result or ""
        table.add_row(
            each.account_id, each.customer_id, each.terms.value, f"{each.next_on}", agreed, voice, last
        )
    ui.print(table)


@app.command()
def end(context: typer.Context, account: Annotated[str, typer.Argument(help="The account's id.")]) -> None:
    """Charge an account automatically no more, from this second on."""
    ended = with_store(
        invocation(context).settings,
        lambda store: store.write(lambda tx: tx.authorisations.end(account, user_name(), utc_now())),
    )
    if not ended:
        raise UsageError(f"{account!r} has no automatic payments; `ivr authorisations list` shows who has.")
    ui.print(f"Nothing is charged automatically to {account} any more.", highlight=False)
