"""`ivr go-live`, `stop-all`, `resume-all`, `status`: what a person decides about dialling as a whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from ivr.cli.context import JsonOption, invocation, print_json, ui, user_name
from ivr.cli.with_store import with_store
from ivr.clock import utc_now

if TYPE_CHECKING:
    from ivr.settings import Settings
    from ivr.store.transaction import SqlTransaction

_YES = Annotated[bool, typer.Option("--yes", help="Don't ask.")]


def go_live(context: typer.Context, yes: _YES = False, as_json: JsonOption = False) -> None:
    """Let real telephones ring: numbers under `allowed_prefixes`, no longer only listed ones."""
    from ivr.switch.trunk import SIMULATED_TRUNK

    settings = invocation(context).settings
    prefixes = ", ".join(settings.dialing.allowed_prefixes) or "nothing"
    if settings.dialing.trunk == SIMULATED_TRUNK:
        ui.print(
            "Calls go to the simulated network until [dialing] trunk names a trunk of yours.", markup=False
        )
    ui.print(f"Over trunks of yours real telephones will ring: {prefixes}.", highlight=False, markup=False)
    if not yes:
        typer.confirm("Go live?", abort=True, err=True)
    _decide(settings, lambda tx: tx.controls.set_live(True, user_name(), utc_now()))
    _tell("This installation is live.", {"live": True}, as_json=as_json)


def stop_all(context: typer.Context, as_json: JsonOption = False) -> None:
    """Place no more calls, from this second on; calls that are up go on. `ivr resume-all` takes it back."""
    settings = invocation(context).settings
    _decide(settings, lambda tx: tx.controls.set_stopped(True, user_name(), utc_now()))
    _tell("No more calls are placed until `ivr resume-all`.", {"stopped": True}, as_json=as_json)


def resume_all(context: typer.Context, as_json: JsonOption = False) -> None:
    """Take `ivr stop-all` back."""
    settings = invocation(context).settings
    _decide(settings, lambda tx: tx.controls.set_stopped(False, user_name(), utc_now()))
    _tell("Calls are placed again.", {"stopped": False}, as_json=as_json)


def status(context: typer.Context, as_json: JsonOption = False) -> None:
    """Show whether calls are placed, and how many attempts are in which state."""
    from ivr.store.reports import ledger_counts

    settings = invocation(context).settings

    def read(tx: SqlTransaction) -> dict[str, object]:
        counts = ledger_counts(tx)
        return {
            "live": tx.controls.is_live(),
            "stopped": tx.controls.is_stopped(),
            "attempts": {state.value: count for state, count in counts.by_state.items()},
            "dispositions": {each.value: count for each, count in counts.by_disposition.items()},
        }

    found = with_store(settings, lambda store: store.read(read))
    if as_json:
        print_json(found)
        return
    table = Table(show_header=False, box=None)
    for name, value in found.items():
        shown = ", ".join(f"{k} {v}" for k, v in value.items()) if isinstance(value, dict) else str(value)
        table.add_row(name, shown or "none")
    ui.print(table)


def _tell(sentence: str, now: dict[str, object], *, as_json: bool) -> None:
    if as_json:
        print_json(now)
    else:
        ui.print(sentence)


def _decide(settings: Settings, decision: Callable[[SqlTransaction], None]) -> None:
    with_store(settings, lambda store: store.write(decision))
