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
    from ivr.flows.flow import Flow
    from ivr.flows.player.player import Player
    from ivr.flows.player.talk import TalkStep
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
    audio: Annotated[
        Path | None, typer.Option(metavar="FILE.wav", help="Write what the customer would hear.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Play a flow on a telephone in the terminal. Nobody is called, nothing is paid, no time passes.

    Keys are typed one by one; without a terminal they are read from standard input.
    """
    import asyncio

    from ivr.app.content import company_of, content_folders
    from ivr.flows.player.customer import customer_of
    from ivr.flows.player.player import Player
    from ivr.flows.player.talk import step_as_data
    from ivr.flows.sample_variables import SAMPLE_VARIABLES
    from ivr.flows.session import Session
    from ivr.sources.content_folder import load_one_flow, read_content

    settings = invocation(context).settings
    if audio is not None:
        check_output(audio, ".wav")
    found = load_one_flow(content_folders(settings), flow)
    _check_language(found.flow, language)
    own = SAMPLE_VARIABLES if customer is None else customer_of(read_content(customer))
    company = company_of(settings)
    told = {"name": company.name, "phone": company.phone, "region": company.region}
    variables = {**own, "company": told}
    results = _results(pay, transfer, result or [])
    session = Session(found.flow, found.catalogue, variables, language or _language(own), found.flows)
    player = Player(session, results)
    pressed = _played(player, keys, is_shown=not as_json)
    if audio is not None:
        asyncio.run(_write_audio(settings, player.talk, audio))
    options = {"language": language, "customer": customer, "audio": audio}
    again = _again((*invocation(context).words, "flows", "play", flow, "--keys", pressed), options, results)
    if as_json:
        talk = [step_as_data(step) for step in player.talk]
        about = {"flow": found.flow.name, "language": session.language, "keys": pressed, "results": results}
        print_json(
            {
                **about,
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
    from ivr.cli.flow_player import play_script, play_typed, show

    if keys is None and sys.stdin.isatty():
        return play_typed(player)
    script = sys.stdin.read() if keys is None else keys
    play_script(player, tuple(read_moves(script)))
    if is_shown:
        show(player.talk)
    return "".join(script.split())


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


def _language(variables: Mapping[str, object]) -> str:
    customer = variables.get("customer")
    return str(customer.get("language")) if isinstance(customer, Mapping) else ""


def _check_language(flow: Flow, language: str | None) -> None:
    if language is not None and language not in flow.languages:
        raise UsageError(f"{flow.name} does not serve {language!r}; it serves {', '.join(flow.languages)}.")


def _again(start: Sequence[str], options: Mapping[str, object], results: Mapping[str, str]) -> str:
    """Return the command that plays the same call."""
    words = list(start)
    for name, value in options.items():
        words += [f"--{name}", str(value)] if value is not None else []
    for name, value in results.items():
        words += [f"--{name}", value] if name in ("pay", "transfer") else ["--result", f"{name}={value}"]
    return shlex.join(words)


_CUT_AFTER = 1.0
"""Seconds of a speech that a key cuts in on, as its audio has it."""


async def _write_audio(settings: Settings, talk: list[TalkStep], target: Path) -> None:
    from ivr.app.speech import speech_of
    from ivr.flows.player.talk import Heard
    from ivr.speech.call_audio import Stretch, write_call_audio

    stretches = []
    for step in talk:
        if isinstance(step, Heard):
            stretches.append(Stretch(step.say.segments, _CUT_AFTER if step.is_cut else None))
        elif step.kind == "stays_silent" and isinstance(step.value, float):
            stretches.append(Stretch(seconds=step.value))
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    speech = speech_of(settings)
    try:
        await write_call_audio(speech, stretches, target)
    finally:
        await speech.close()
