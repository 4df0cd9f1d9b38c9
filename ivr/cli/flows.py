"""`ivr flows`: check call flows, play and replay them in the terminal, draw them."""

from __future__ import annotations

from typing import Annotated

import typer

from ivr.cli.context import JsonOption, invocation, print_json, ui
from ivr.cli.draw_flow import draw_flow
from ivr.cli.flow_schema import show_schema
from ivr.cli.play_flow import play_flow
from ivr.cli.replay_flows import replay_flows

app = typer.Typer(help="Call flows: check, play, replay, draw.", no_args_is_help=True)
app.command("play")(play_flow)
app.command("replay")(replay_flows)
app.command("diagram")(draw_flow)
app.command("schema")(show_schema)


@app.command("check")
def check(
    context: typer.Context,
    flow: Annotated[
        str | None, typer.Argument(metavar="[FLOW]", help="Only this flow, by name or file.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Lint all flows, or one: each finding with its code, place, and what mends it.

    Exit status: 0 nothing found; 1 warnings, the flow runs; 2 errors, the flow can't be loaded.
    """
    from ivr.app.content import content_folders
    from ivr.cli.flow_findings import as_data, exit_status, print_findings
    from ivr.sources.content_folder import lint_flows
    from ivr.sources.flow_files import flow_file, readable_flows

    settings = invocation(context).settings
    folders = content_folders(settings)
    only = None if flow is None else flow_file(flow, folders.flows, readable_flows(folders.flows))
    findings = lint_flows(folders, settings.webhook_names, only, settings.recorded_flows)
    if as_json:
        print_json({"findings": [as_data(finding) for finding in findings]})
    elif findings:
        print_findings(findings)
    else:
        ui.print("Nothing to mend.", highlight=False)
    raise typer.Exit(exit_status(findings))
