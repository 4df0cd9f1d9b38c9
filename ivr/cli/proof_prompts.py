"""`ivr prompts proof`: what every prompt says, to be read by somebody who knows the language."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ivr.cli.context import JsonOption, invocation, print_json, ui
from ivr.cli.differences import show_difference
from ivr.errors import UsageError


def proof_prompts(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(help="Where what was read lies, as en.yaml; without it all is printed."),
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Write what is said now into the folder.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Print what every prompt says to the sample customer, or what of it has changed since it was proof-read.

    Exit status: 0 all is as it was read, or was written; 1 something says other words.
    """
    from ivr.app.content import content_folders
    from ivr.cli.proof_reading import all_together, differences_from, lists_of, write_lists
    from ivr.sources.content_folder import load_prompts

    if write and folder is None:
        raise UsageError("--write needs a folder to write to: ivr prompts proof FOLDER --write")
    lists = lists_of(load_prompts(content_folders(invocation(context).settings).prompts))
    if folder is None:
        if as_json:
            print_json(lists)
        else:
            typer.echo(all_together(lists), nl=False)
        return
    changed = differences_from(folder, lists)
    if write:
        write_lists(folder, changed, lists)
    if as_json:
        print_json({"changed": changed, "written": write})
    else:
        for difference in changed.values():
            show_difference(difference)
        if not changed:
            ui.print("Every prompt says what was proof-read.", highlight=False)
    raise typer.Exit(1 if changed and not write else 0)
