"""`ivr carrier`: the simulated telephone network and the people on it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from ivr.cli import asterisk
from ivr.cli.context import JsonOption, invocation, print_json, ui

if TYPE_CHECKING:
    from ivr.carrier.behaviours import Behaviour
    from ivr.carrier.person import Person

app = typer.Typer(help="The simulated telephone network, and who answers there.", no_args_is_help=True)

FilesArgument = Annotated[
    list[Path] | None, typer.Argument(help="Files of people; default: one of every kind, from the samples.")
]


@app.command()
def start(context: typer.Context, files: FilesArgument = None) -> None:
    """Start the network and let people live on it until Ctrl-C; the network itself stays up."""
    import asyncio

    from ivr.cli.live_people import live
    from ivr.switch.layout import SwitchLayout

    everybody = _load(files)
    home = invocation(context).settings.home
    asterisk.start(context, carrier=True)
    asyncio.run(live(SwitchLayout(home), everybody, home / "carrier" / "people.jsonl"))


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
    from ivr.carrier.person import load_people
    from ivr.switch.templates import content_folder

    return load_people(files or [content_folder("config") / "samples" / "people" / "every-kind.yaml"])


def _details(behaviour: Behaviour) -> str:
    import yaml

    told = behaviour.model_dump(mode="json", exclude_unset=True, exclude={"kind"})
    return yaml.safe_dump(told, default_flow_style=True, sort_keys=False, width=200).strip()[1:-1]
