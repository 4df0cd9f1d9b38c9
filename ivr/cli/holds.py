"""`ivr holds`: who is not called for a time, and why; placed and lifted by hand."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from ivr.accounts.hold import HoldKind
from ivr.cli.context import JsonOption, invocation, print_json, ui, user_name
from ivr.cli.with_store import with_store
from ivr.clock import utc_now
from ivr.errors import UsageError

if TYPE_CHECKING:
    from ivr.accounts.hold import Hold

app = typer.Typer(name="holds", help="Who is not called for a time, and why.", no_args_is_help=True)


@app.command("list")
def list_holds(
    context: typer.Context,
    customer: Annotated[str | None, typer.Option("--customer", help="Only this customer's.")] = None,
    as_json: JsonOption = False,
) -> None:
    """List the holds that last, oldest first, with the ids by which they are lifted."""
    from ivr.store.reports import standing_holds

    now = utc_now()
    holds = with_store(
        invocation(context).settings,
        lambda store: store.read(lambda tx: standing_holds(tx, now, customer)),
    )
    if as_json:
        print_json({"holds": [asdict(hold) for hold in holds]})
        return
    table = Table("Id", "Kind", "Customer", "Account", "Topic", "Since", "Until", "By")
    for hold in holds:
        table.add_row(*_row(hold))
    ui.print(table)


@app.command()
def place(
    context: typer.Context,
    kind: Annotated[HoldKind, typer.Argument(help="Why.")],
    customer: Annotated[str, typer.Argument(help="The customer's id.")],
    account: Annotated[str | None, typer.Option("--account", help="Only about this account.")] = None,
    last: Annotated[
        str | None, typer.Option("--for", help="How long, as 30d; without it until it is lifted.")
    ] = None,
) -> None:
    """Let nobody contact a customer, from this second on."""
    from ivr.duration import parse_duration
    from ivr.engine.place_hold import place_hold

    now = utc_now()
    try:
        until = None if last is None else now + parse_duration(last)
    except ValueError as error:
        raise UsageError(f"--for: {error}.") from None
    hold = with_store(
        invocation(context).settings,
        lambda store: store.write(
            lambda tx: place_hold(tx, kind, customer, account, until, user_name(), now)
        ),
    )
    ui.print(f"Hold {hold.id} is placed.", highlight=False)


@app.command()
def lift(context: typer.Context, hold: Annotated[str, typer.Argument(help="The hold's id.")]) -> None:
    """End a hold. An alert that it ended goes on within a minute, if its cause is still there."""
    lifted = with_store(
        invocation(context).settings,
        lambda store: store.write(lambda tx: tx.holds.lift(hold, user_name(), utc_now())),
    )
    if not lifted:
        raise UsageError(f"There is no hold {hold!r} that lasts; `ivr holds list` shows them.")
    ui.print(f"Hold {hold} is lifted.", highlight=False)


def _row(hold: Hold) -> tuple[str, ...]:
    since = f"{hold.since:%Y-%m-%d %H:%M}"
    until = "it is lifted" if hold.until is None else f"{hold.until:%Y-%m-%d %H:%M}"
    about = (hold.account_id or "all", hold.topic or "all")
    return (hold.id, hold.kind.value, hold.customer_id, *about, since, until, hold.source)
