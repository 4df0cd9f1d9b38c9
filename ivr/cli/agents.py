"""`ivr agents`: who is there to talk to customers; a pause for those who have no codes to dial."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table

from ivr.cli.context import JsonOption, invocation, print_json, ui
from ivr.cli.with_store import with_store
from ivr.clock import utc_now
from ivr.errors import UsageError

app = typer.Typer(name="agents", help="Who is there to talk to customers.", no_args_is_help=True)

Who = Annotated[str, typer.Argument(help="A softphone's user name, or an agent's telephone number.")]


@app.command("list")
def list_agents(context: typer.Context, as_json: JsonOption = False) -> None:
    """List the agents who are logged in, once for each queue."""
    import asyncio

    from ivr.app.agents import agents_now
    from ivr.app.embedded_switch import engine_instance

    instance = engine_instance(invocation(context).settings)
    agents = asyncio.run(agents_now(instance.connection()))
    if as_json:
        print_json({"agents": [{**asdict(each), "state": each.state.name.lower()} for each in agents]})
        return
    table = Table("Queue", "Agent", "Telephone", "Paused", "Calls")
    for each in agents:
        state = each.state.name.replace("_", " ").lower()
        paused = (each.paused_reason or "yes") if each.paused else ""
        table.add_row(each.queue, each.name, state, paused, str(each.calls_taken))
    ui.print(table)


@app.command()
def pause(context: typer.Context, who: Who) -> None:
    """Give an agent no calls until they resume."""
    _set(context, who, paused=True)


@app.command()
def resume(context: typer.Context, who: Who) -> None:
    """Give an agent calls again, after a pause or a missed ring."""
    _set(context, who, paused=False)


@app.command()
def pin(
    context: typer.Context,
    agent_id: Annotated[str, typer.Argument(help="3 to 8 digits, as the agent keys them.")],
    number: Annotated[str, typer.Argument(help="The agent's telephone, one of `numbers` of a queue.")],
) -> None:
    """Give an agent on a number a PIN, to log in and pause by telephone; it is asked for here."""
    import asyncio

    from ivr.app.agents import agent_with_pin

    settings = invocation(context).settings
    keyed = typer.prompt("PIN, 6 to 12 digits", hide_input=True, confirmation_prompt=True)
    agent = asyncio.run(agent_with_pin(settings, agent_id, number, keyed))
    with_store(settings, lambda store: store.write(lambda tx: tx.desk_agents.put(agent, utc_now())))
    ui.print(f"Agent {agent_id} has a PIN now.", highlight=False, markup=False)


@app.command()
def forget(context: typer.Context, agent_id: Annotated[str, typer.Argument(help="The agent's id.")]) -> None:
    """Take an agent's PIN away: they log in by telephone no more."""
    settings = invocation(context).settings
    if not with_store(settings, lambda store: store.write(lambda tx: tx.desk_agents.remove(agent_id))):
        raise UsageError(f"there is no agent {agent_id!r} with a PIN")
    ui.print(f"Agent {agent_id} has no PIN any more.", highlight=False, markup=False)


def _set(context: typer.Context, who: str, *, paused: bool) -> None:
    from ivr.app.agents import set_pause
    from ivr.app.embedded_switch import engine_instance

    settings = invocation(context).settings
    queues = ", ".join(set_pause(settings, engine_instance(settings), who, paused=paused))
    ui.print(f"{who} {'is paused' if paused else 'gets calls'} in: {queues}.", highlight=False, markup=False)
