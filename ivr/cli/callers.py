"""`ivr callers`: numbers that may not call us for a time."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from ivr.cli.context import JsonOption, invocation, print_json, ui, user_name
from ivr.cli.with_store import with_store
from ivr.clock import utc_now
from ivr.errors import UsageError

if TYPE_CHECKING:
    from ivr.calls.caller_block import CallerBlock
    from ivr.phone_number import PhoneNumber

app = typer.Typer(name="callers", help="Numbers that may not call us for a time.", no_args_is_help=True)

NumberArgument = Annotated[str, typer.Argument(help="The number, E.164: +12025550123.")]


@app.command("list")
def list_blocks(context: typer.Context, as_json: JsonOption = False) -> None:
    """List the numbers that are blocked, the oldest first: why, by whom, until when, and who still calls."""
    now = utc_now()
    blocks = with_store(
        invocation(context).settings,
        lambda store: store.read(lambda tx: tx.caller_blocks.standing(now)),
    )
    if as_json:
        print_json({"blocked": [asdict(block) for block in blocks]})
        return
    table = Table("Number", "Since", "Until", "Why", "By", "Calls since", "Last one")
    for column in table.columns:
        column.overflow = "fold"
    table.columns[0].no_wrap = True  # it is what `ivr callers unblock` is to be given
    for block in blocks:
        table.add_row(*_row(block))
    ui.print(table)


@app.command()
def block(
    context: typer.Context,
    number: NumberArgument,
    reason: Annotated[str, typer.Option("--reason", help="Why, for whoever looks at it later.")],
    last: Annotated[
        str | None, typer.Option("--for", help="How long, as 30d; without it until it is taken back.")
    ] = None,
) -> None:
    """Take no more calls from a number, from this second on; calls that are up go on."""
    from ivr.calls.caller_block import CallerBlock
    from ivr.duration import parse_duration

    now, phone = utc_now(), _number(number)
    try:
        until = None if last is None else now + parse_duration(last)
    except ValueError as error:
        raise UsageError(f"--for: {error}.") from None
    placed = CallerBlock(phone, now, until, reason, user_name())
    with_store(
        invocation(context).settings,
        lambda store: store.write(lambda tx: tx.caller_blocks.place(placed)),
    )
    ui.print(f"{phone} is blocked.", highlight=False)


@app.command()
def unblock(context: typer.Context, number: NumberArgument) -> None:
    """Take calls from a number again; what has led to a block of the engine's own is forgotten."""
    phone = _number(number)
    lifted = with_store(
        invocation(context).settings,
        lambda store: store.write(lambda tx: tx.caller_blocks.lift(phone)),
    )
    if not lifted:
        raise UsageError(f"{phone} is not blocked; `ivr callers list` shows which numbers are.")
    ui.print(f"{phone} may call again.", highlight=False)


def _number(written: str) -> PhoneNumber:
    from ivr.phone_number import parse_phone_number

    try:
        return parse_phone_number(written)
    except ValueError as error:
        raise UsageError(f"{error}.") from None


def _row(block: CallerBlock) -> tuple[str, ...]:
    until = "it is taken back" if block.until is None else f"{block.until:%Y-%m-%d %H:%M}"
    last = "" if block.last_call_at is None else f"{block.last_call_at:%Y-%m-%d %H:%M}"
    since = f"{block.since:%Y-%m-%d %H:%M}"
    return (block.number, since, until, escape(block.reason), escape(block.by), f"{block.calls}", last)
