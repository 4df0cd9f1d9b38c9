"""`ivr asterisk`: install, start, stop and look at the embedded Asterisk."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from ivr.cli.context import JsonOption, invocation, print_json, ui
from ivr.cli.telephones import emergency_notes, print_emergency_notes
from ivr.errors import UsageError

if TYPE_CHECKING:
    from ivr.switch.instance import Instance

app = typer.Typer(
    help="Install, start, stop and look at the Asterisk that comes with Answerback.", no_args_is_help=True
)

CarrierOption = Annotated[
    bool, typer.Option("--carrier", help="The simulated telephone network instead of the engine's switch.")
]


@app.command()
def install(
    context: typer.Context,
    quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing when all is there already.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Unpack Asterisk, SIPp and the speech library into the data folder; needs no root.

    They come, with signatures checked, from the Debian mirror of this machine's own apt sources, or from
    `debian_mirror` and `debian_keyring` in the settings. What is there already is left alone.
    """
    from ivr.cli.installing import install_programs

    settings = invocation(context).settings
    asterisk = install_programs(settings, for_benchmarks=True)
    if as_json:
        notes = list(emergency_notes(settings))
        print_json({"asterisk": asterisk.version, "folder": str(asterisk.root), "telephones": notes})
    elif not quiet:
        ui.print(f"Asterisk {asterisk.version} is in {asterisk.root}", highlight=False, soft_wrap=True)
        print_emergency_notes(settings)


@app.command()
def start(
    context: typer.Context,
    foreground: Annotated[
        bool, typer.Option("--foreground", help="Stay attached, for a supervisor such as systemd.")
    ] = False,
    carrier: CarrierOption = False,
    as_json: JsonOption = False,
) -> None:
    """Render the configuration, start Asterisk and wait until it is ready. Calls outlive this command."""
    from ivr.app.embedded_switch import render_carrier, render_engine
    from ivr.switch import process
    from ivr.switch.instance import running_pid

    instance = _instance(context, carrier=carrier)
    if running_pid(instance) is None:
        render = render_carrier if carrier else render_engine
        render(invocation(context).settings, instance)
    if not as_json and not carrier:
        print_emergency_notes(invocation(context).settings)
    if foreground:
        process.run_in_foreground(instance)
    process.start(instance)
    _tell(instance, as_json=as_json)


@app.command()
def stop(
    context: typer.Context,
    gracefully: Annotated[
        bool, typer.Option("--gracefully", help="Take no new calls and let those that are up end first.")
    ] = False,
    seconds: Annotated[float, typer.Option(min=0, help="How long to wait before it is ended hard.")] = 20.0,
    carrier: CarrierOption = False,
    as_json: JsonOption = False,
) -> None:
    """Stop Asterisk; calls that are up are cut unless --gracefully is given."""
    from ivr.switch import process

    instance = _instance(context, carrier=carrier)
    ran = process.stop(instance, gracefully=gracefully, seconds=seconds)
    if as_json:
        print_json({"stopped": ran})
    else:
        ui.print("Asterisk is stopped." if ran else "Asterisk was not running.")


@app.command()
def status(context: typer.Context, carrier: CarrierOption = False, as_json: JsonOption = False) -> None:
    """Tell whether Asterisk runs, since when and with how many calls; exit status 1 when it does not."""
    instance = _instance(context, carrier=carrier)
    if not _tell(instance, as_json=as_json):
        raise typer.Exit(1)


@app.command()
def console(context: typer.Context, carrier: CarrierOption = False) -> None:
    """Open Asterisk's own command line; `exit` leaves it and Asterisk goes on."""
    from ivr.switch import process

    process.console(_instance(context, carrier=carrier))


def _instance(context: typer.Context, *, carrier: bool) -> Instance:
    from ivr.app.embedded_switch import carrier_instance, engine_instance

    settings = invocation(context).settings
    if settings.asterisk.ari_url is not None and not carrier:
        raise UsageError(
            f"the settings name an Asterisk that is there already ({settings.asterisk.ari_url}); start, stop"
            " and look at it where it runs, or remove [asterisk] from the settings"
        )
    return carrier_instance(settings) if carrier else engine_instance(settings)


def _tell(instance: Instance, *, as_json: bool) -> bool:
    """Print the status and return whether Asterisk runs."""
    import asyncio

    from ivr.app.switch_outlook import Beyond, look_beyond
    from ivr.switch import process

    now = process.status(instance)
    beyond = asyncio.run(look_beyond(instance.connection())) if now.running else Beyond()
    if as_json:
        print_json({**asdict(now), **asdict(beyond)})
        return now.running
    if not now.running:
        ui.print(f"No Asterisk runs in {instance.folder}.", highlight=False, soft_wrap=True)
        return False
    table = Table(show_header=False, box=None)
    for name, value in (
        ("version", now.version),
        ("process", now.pid),
        ("up for", f"{now.uptime_seconds} s"),
        ("calls", now.active_calls),
        ("SIP", f"udp {instance.sip_address}"),
        ("ARI", instance.connection().ari_url),
        ("log", instance.log_file),
        *((f"trunk {each.name}", each.state.value.lower()) for each in beyond.registrations),
        *(
            (
                f"queue {each.name}",
                f"{each.agents_available} agents free, {each.callers} callers wait",
            )
            for each in beyond.queues
        ),
    ):
        table.add_row(name, str(value))
    ui.print(table)
    return True
