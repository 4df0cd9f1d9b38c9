"""`ivr flows replay`: calls that were written down, played again after a change."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from ivr.cli.context import JsonOption, invocation, print_json, ui
from ivr.cli.differences import show_difference


def replay_flows(
    context: typer.Context,
    transcripts: Annotated[
        list[Path],
        typer.Argument(help="Calls that `ivr flows play --transcript` wrote down, or folders of them."),
    ],
    write: Annotated[
        bool, typer.Option("--write", help="Write those that have changed as they go now.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Play calls again that were written down, and show which of them go another way now, and how.

    Exit status: 0 all go as they are written, or were written anew; 1 some go another way.
    """
    from ivr.cli.replaying import replayed, transcripts_in, write_anew

    calls = list(replayed(invocation(context).settings, transcripts_in(transcripts)))
    changed = [call for call in calls if call.difference]
    if write:
        write_anew(changed)
    if as_json:
        print_json({"calls": [asdict(call) for call in calls], "written": len(changed) if write else 0})
    else:
        for call in changed:
            show_difference(call.difference)
        told = "written anew" if write else "another way now"
        ui.print(f"{len(calls)} calls, {len(changed)} of them {told}.", highlight=False)
    raise typer.Exit(1 if changed and not write else 0)
