"""`ivr flows diagram`: a flow as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ivr.cli.context import invocation, ui
from ivr.cli.output_file import check_output
from ivr.cli.play_flow import FlowName


def draw_flow(
    context: typer.Context,
    flow: FlowName,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE.svg", help="Default: FLOW.svg here; - prints."),
    ] = None,
) -> None:
    """Draw a flow as SVG: nodes by rank, keys on the arrows, a colour for each type."""
    from ivr.app.content import content_folders
    from ivr.flows.diagram.draw import draw
    from ivr.sources.flow_folder import FlowFolder

    loaded = FlowFolder(content_folders(invocation(context).settings)).in_use(flow).flow
    svg = draw(loaded)
    if str(output) == "-":
        typer.echo(svg)
        return
    file = output or Path(f"{loaded.name}.svg")
    check_output(file, ".svg")
    file.write_text(svg, encoding="utf-8")
    ui.print(f"{file} shows {len(loaded.nodes)} nodes.", highlight=False)
