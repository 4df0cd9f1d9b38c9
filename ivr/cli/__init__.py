"""The `ivr` command."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from ivr import __version__
from ivr.cli import (
    agents,
    answers,
    api,
    asterisk,
    authorisations,
    bulletin,
    callers,
    carrier,
    check,
    demo,
    dialing,
    flows,
    holds,
    import_file,
    invitations,
    prompts,
    publishing,
    recordings,
    run,
    survey,
    trunks,
    why,
)
from ivr.cli.context import Invocation
from ivr.cli.failure import tell_failure
from ivr.cli.logs import log_to
from ivr.errors import AnswerbackError

app = typer.Typer(
    name="ivr",
    help="Answerback: something happens to an account, the customer hears about it, one key settles it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.add_typer(answers.app, name="answers")
app.add_typer(api.app, name="api")
app.add_typer(asterisk.app, name="asterisk")
app.add_typer(authorisations.app, name="authorisations")
app.add_typer(invitations.app, name="invitations")
app.add_typer(bulletin.app, name="bulletin")
app.add_typer(callers.app, name="callers")
app.add_typer(carrier.app, name="carrier")
app.add_typer(flows.app, name="flows")
app.add_typer(prompts.app, name="prompts")
app.add_typer(holds.app, name="holds")
app.add_typer(recordings.app, name="recordings")
app.add_typer(agents.app, name="agents")
app.add_typer(trunks.app, name="trunks")
app.command("run")(run.run)
app.command("demo")(demo.demo)
app.command("survey")(survey.survey)
app.command("why")(why.why)
app.command("check")(check.check)
app.command("import")(import_file.import_file)
app.command("publish")(publishing.publish)
app.command("versions")(publishing.versions)
app.command("rollback")(publishing.rollback)
app.command("export")(publishing.export)
app.command("go-live")(dialing.go_live)
app.command("stop-all")(dialing.stop_all)
app.command("resume-all")(dialing.resume_all)
app.command("status")(dialing.status)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"answerback {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    context: typer.Context,
    config: Annotated[
        Path | None, typer.Option(help="The settings; default: config/ivr.toml of this folder.")
    ] = None,
    home: Annotated[
        Path | None, typer.Option(help="The data folder; default: $IVR_HOME, else the user's data folder.")
    ] = None,
    version: Annotated[  # noqa: ARG001 - typer calls _version with it
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    if home is not None:
        os.environ["IVR_HOME"] = str(home)
    context.obj = Invocation(config, home)
    # Standard output is for results; a command that runs for long sets its own log.
    log_to(None, logging.WARNING)


def main() -> None:
    """Run the command; what a person can mend ends with status 2 and sentences, all else with status 1."""
    try:
        app()
    except AnswerbackError as error:
        sys.exit(tell_failure(error, as_json="--json" in sys.argv))
