"""`ivr carrier`: the simulated telephone network and the people on it."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Annotated

import typer
import yaml
from rich.table import Table

from ivr.ari.client import AriClient
from ivr.carrier.behaviours import Behaviour
from ivr.carrier.person import Person, load_people
from ivr.carrier.prompt_listener import PromptListener
from ivr.carrier.town import Town
from ivr.carrier.town_log import TownLog
from ivr.cli import asterisk
from ivr.cli.context import JsonOption, invocation, print_json, ui
from ivr.switch.configuration import PEOPLE_APP
from ivr.switch.install import find_installation
from ivr.switch.instance import Instance, open_instance, running_pid
from ivr.switch.layout import SwitchLayout
from ivr.switch.templates import content_folder

app = typer.Typer(help="The simulated telephone network, and who answers there.", no_args_is_help=True)

LISTENER_APP = "people-listener"
"""The application at the engine's switch that tells the people what is played to them."""

FilesArgument = Annotated[
    list[Path] | None, typer.Argument(help="Files of people; default: one of every kind, from the samples.")
]


@app.command()
def start(context: typer.Context, files: FilesArgument = None) -> None:
    """Start the network and let people live on it until Ctrl-C; the network itself stays up."""
    everybody = _load(files)
    home = invocation(context).settings.home
    asterisk.start(context, carrier=True)
    asyncio.run(_live(SwitchLayout(home), everybody, home / "carrier" / "people.jsonl"))


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


async def _live(layout: SwitchLayout, everybody: tuple[Person, ...], log_file: Path) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    installation = find_installation(layout.asterisk_root)
    carrier, engine = (open_instance(installation, folder) for folder in (layout.carrier, layout.engine))
    async with AsyncExitStack() as stack:
        town = Town(
            await stack.enter_async_context(_connected(carrier, PEOPLE_APP)),
            everybody,
            log=stack.enter_context(TownLog(log_file)),
            recordings=carrier.recording_folder,
            tones=carrier.media_folder / "tones",
            ears=await stack.enter_async_context(_listener(engine)),
        )
        await stack.enter_async_context(town)
        ui.print(f"{len(everybody)} people have telephones; what they see is in {log_file}", soft_wrap=True)
        await stopped.wait()


@asynccontextmanager
async def _connected(instance: Instance, app_name: str) -> AsyncIterator[AriClient]:
    connection = instance.connection()
    client = AriClient(connection.ari_url, connection.ari_user, connection.ari_password, app_name)
    async with client:
        await client.connect()
        yield client


@asynccontextmanager
async def _listener(engine: Instance) -> AsyncIterator[PromptListener | None]:
    """Let people understand words where the engine's switch is up; else nobody calls them either."""
    if running_pid(engine) is None:
        yield None
        return
    async with _connected(engine, LISTENER_APP) as client, PromptListener(client) as listener:
        yield listener
