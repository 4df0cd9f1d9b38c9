"""`ivr carrier`: the simulated telephone network and the people on it."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path
from typing import Annotated

import typer
import yaml
from rich.table import Table

from ivr.ari.client import AriClient
from ivr.carrier.behaviours import Behaviour
from ivr.carrier.person import Person, load_people
from ivr.carrier.town import Town
from ivr.carrier.town_log import TownLog
from ivr.cli import asterisk
from ivr.cli.context import JsonOption, invocation, print_json, ui
from ivr.switch.configuration import PEOPLE_APP
from ivr.switch.install import find_installation
from ivr.switch.instance import Instance, open_instance
from ivr.switch.layout import SwitchLayout
from ivr.switch.templates import content_folder

app = typer.Typer(help="The simulated telephone network, and who answers there.", no_args_is_help=True)

FilesArgument = Annotated[
    list[Path] | None, typer.Argument(help="Files of people; default: one of every kind, from the samples.")
]


@app.command()
def start(context: typer.Context, files: FilesArgument = None) -> None:
    """Start the network and let people live on it until Ctrl-C; the network itself stays up."""
    everybody = _load(files)
    home = invocation(context).settings.home
    asterisk.start(context, carrier=True)
    asyncio.run(_live(_carrier(home), everybody, home / "carrier" / "people.jsonl"))


@app.command()
def stop(context: typer.Context, as_json: JsonOption = False) -> None:
    """Stop the network; calls that are up are cut."""
    asterisk.stop(context, carrier=True, as_json=as_json)


@app.command()
def status(context: typer.Context, as_json: JsonOption = False) -> None:
    """Tell whether the network is up; exit status 1 when it is not."""
    asterisk.status(context, carrier=True, as_json=as_json)


@app.command()
def people(files: FilesArgument = None, as_json: JsonOption = False) -> None:
    """List people and what each does with a call; files that can't be used end with status 2."""
    everybody = _load(files)
    if as_json:
        print_json({"people": [person.model_dump(mode="json") for person in everybody]})
        return
    table = Table("number", "name", "does", "details")
    for person in everybody:
        for call, behaviour in enumerate(person.does):
            who = ("", "") if call else (person.number, person.name)
            table.add_row(*who, behaviour.kind, _details(behaviour))
    ui.print(table)


def _load(files: list[Path] | None) -> tuple[Person, ...]:
    return load_people(files or [content_folder("config") / "samples" / "people" / "every-kind.yaml"])


def _details(behaviour: Behaviour) -> str:
    told = behaviour.model_dump(mode="json", exclude_unset=True, exclude={"kind"})
    return yaml.safe_dump(told, default_flow_style=True, sort_keys=False, width=200).strip()[1:-1]


def _carrier(home: Path) -> Instance:
    layout = SwitchLayout(home)
    return open_instance(find_installation(layout.asterisk_root), layout.carrier)


async def _live(carrier: Instance, everybody: tuple[Person, ...], log_file: Path) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    connection = carrier.connection()
    with TownLog(log_file) as log:
        async with AriClient(
            connection.ari_url, connection.ari_user, connection.ari_password, PEOPLE_APP
        ) as client:
            await client.connect()
            async with Town(
                client,
                everybody,
                log=log,
                recordings=carrier.recording_folder,
                tones=carrier.media_folder / "tones",
            ):
                ui.print(
                    f"{len(everybody)} people have telephones; what they see is in {log_file}", soft_wrap=True
                )
                await stopped.wait()
