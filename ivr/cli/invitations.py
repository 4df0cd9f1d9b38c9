"""`ivr invitations`: who is invited to pay every month, and on what evidence; ended by hand."""

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
    name="invitations",
    help="Who is invited to pay every month.",
    no_args_is_help=True,
)


@app.command("list")
def list_invitations(context: typer.Context, as_json: JsonOption = False) -> None:
    """List the invitations that last, by their next day."""
    from ivr.store.reports import lasting_invitations

    found = with_store(invocation(context).settings, lambda store: store.read(lasting_invitations))
    if as_json:
        print_json({"invitations": [asdict(each) for each in found]})
        return
    table = Table("Account", "Customer", "By", "Next on", "Agreed at", "Call")
    for each in found:
        agreed = f"{each.agreed_at:%Y-%m-%d %H:%M}"
        table.add_row(
            each.account_id, each.customer_id, each.medium.value, f"{each.next_on}", agreed, each.call_id
        )
    ui.print(table)


@app.command()
def end(context: typer.Context, account: Annotated[str, typer.Argument(help="The account's id.")]) -> None:
    """Invite to pay for an account no more, from this second on."""
    ended = with_store(
        invocation(context).settings,
        lambda store: store.write(lambda tx: tx.invitations.end(account, user_name(), utc_now())),
    )
    if not ended:
        raise UsageError(f"{account!r} has no invitations; `ivr invitations list` shows who has.")
    ui.print(f"Nobody is invited to pay for {account} any more.", highlight=False)
