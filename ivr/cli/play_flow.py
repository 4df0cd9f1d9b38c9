"""`ivr flows play`: a telephone in the terminal."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ivr.cli.context import JsonOption, invocation, print_json, ui
from ivr.cli.output_file import check_output
from ivr.errors import UsageError
from ivr.flows.player.moves import HOW_KEYS_ARE_WRITTEN, read_moves

if TYPE_CHECKING:
    from ivr.flows.player.player import Player
    from ivr.settings import Settings

FlowName = Annotated[str, typer.Argument(metavar="FLOW", help="A flow's name, or its file.")]


def play_flow(
    context: typer.Context,
    flow: FlowName,
    keys: Annotated[
        str | None, typer.Option(help=f"Play this, then stop: {HOW_KEYS_ARE_WRITTEN}.", show_default=False)
    ] = None,
    language: Annotated[str | None, typer.Option(help="Default: the customer's.", show_default=False)] = None,
    customer: Annotated[
        Path | None,
        typer.Option(help="YAML with what differs from the sample customer: `payment_method: null`."),
    ] = None,
    pay: Annotated[
        str | None, typer.Option(metavar="RESULT", help="What a payment ends in: declined …")
    ] = None,
    transfer: Annotated[
        str | None, typer.Option(metavar="RESULT", help="What a transfer ends in: no_agent …")
    ] = None,
    result: Annotated[
        list[str] | None, typer.Option(metavar="EFFECT=RESULT", help="What any other effect ends in.")
    ] = None,
    transcript: Annotated[
        Path | None, typer.Option(metavar="FILE.yaml", help="Write the call down, for `ivr flows replay`.")
    ] = None,
    audio: Annotated[
        Path | None, typer.Option(metavar="FILE.wav", help="Write what the customer would hear.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Play a flow on a telephone in the terminal. Nobody is called, nothing is paid, no time passes.

    Keys are typed one by one; without a terminal they are read from standard input.
    """
    from ivr.app.content import content_folders
    from ivr.cli.sample_call import session_for
    from ivr.cli.transcript_flow import written_in
    from ivr.flows.player.customer import customer_of
    from ivr.flows.player.player import Player
    from ivr.flows.player.talk import step_as_data
    from ivr.flows.player.transcript import write_transcript
    from ivr.flows.sample_variables import SAMPLE_VARIABLES
    from ivr.sources.findings import read_content
    from ivr.sources.flow_folder import FlowFolder

    settings = invocation(context).settings
    for file, suffix in ((audio, ".wav"), (transcript, ".yaml")):
        if file is not None:
            check_output(file, suffix)
    found = FlowFolder(content_folders(settings)).in_use(flow)
    differs = None if customer is None else read_content(customer)
    own = SAMPLE_VARIABLES if differs is None else customer_of(differs)
    results = _results(pay, transfer, result or [])
    session = session_for(settings, found, own, language)
    player = Player(session, results)
    pressed = _played(player, keys, is_shown=not as_json)
    talk = [step_as_data(step) for step in player.talk]
    about = {"flow": found.flow.name, "language": session.language}
    if transcript is not None:
        chosen = {"customer": differs.data if differs else {}, "results": results}
        of = {**about, "flow": written_in(transcript, flow)}
        transcript.write_text(write_transcript({**of, **chosen}, talk), encoding="utf-8")
    if audio is not None:
        _write_sound(settings, player, audio)
    options = {"language": language, "customer": customer, "audio": audio}
    again = _again((*invocation(context).words, "flows", "play", flow, "--keys", pressed), options, results)
    if as_json:
        print_json(
            {
                **about,
                "keys": pressed,
                "results": results,
                "talk": talk,
                "over": player.is_over,
                "seconds": round(player.seconds, 1),
                "again": again,
            }
        )
    else:
        ui.print(f"\n{player.seconds:.0f} s. Again: {again}", highlight=False, markup=False, soft_wrap=True)


def _played(player: Player, keys: str | None, *, is_shown: bool) -> str:
    """Play, and return what was pressed."""
    from ivr.cli.flow_player import play_typed, show

    if keys is None and sys.stdin.isatty():
        return play_typed(player)
    script = sys.stdin.read() if keys is None else keys
    player.play(tuple(read_moves(script)))
    if is_shown:
        show(player.talk)
    return "".join(script.split())


def _write_sound(settings: Settings, player: Player, file: Path) -> None:
    import asyncio

    from ivr.cli.call_sound import write_sound

    asyncio.run(write_sound(settings, player.talk, file))


def _results(pay: str | None, transfer: str | None, others: list[str]) -> dict[str, str]:
    """Return the chosen results by the effect's name; raises UsageError for what names none."""
    chosen = (("pay", pay), ("transfer", transfer), ("transfer_out", transfer))
    results = {name: value for name, value in chosen if value is not None}
    for other in others:
        name, equals, value = other.partition("=")
        if not (name and equals and value):
            raise UsageError(f"{other!r} chooses no result; write it as callback=failed.")
        results[name] = value
    return results


def _again(start: Sequence[str], options: Mapping[str, object], results: Mapping[str, str]) -> str:
    """Return the command that plays the same call."""
    words = list(start)
    for name, value in options.items():
        words += [f"--{name}", str(value)] if value is not None else []
    for name, value in results.items():
        words += [f"--{name}", value] if name in ("pay", "transfer") else ["--result", f"{name}={value}"]
    return shlex.join(words)
