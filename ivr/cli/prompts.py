"""`ivr prompts`: what is said, in whose voice, and made ahead of the calls."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from ivr.cli.context import JsonOption, invocation, print_json, ui
from ivr.cli.proof_prompts import proof_prompts

app = typer.Typer(name="prompts", help="What is said, in whose voice.", no_args_is_help=True)
app.command("proof")(proof_prompts)

LanguageOption = Annotated[str | None, typer.Option("--language", help="Only this one: en, es, fr.")]


@app.command("list")
def list_prompts(
    context: typer.Context,
    language: LanguageOption = None,
    why: Annotated[bool, typer.Option("--why", help="Say why each part is recorded or spoken.")] = False,
    as_json: JsonOption = False,
) -> None:
    """List every prompt with its parts: recorded, joined of clips, or spoken.

    The number is the one that it is recorded under by telephone; the bulletin's is 0.
    """
    from ivr.app.content import content_of
    from ivr.prompts.recordable import names_by_number

    catalogue = content_of(invocation(context).settings).catalogue
    prompts = [
        catalogue.prompt(name, spoken)
        for name in sorted(catalogue.names())
        for spoken in sorted(catalogue.languages(name))
        if language in (None, spoken)
    ]
    numbers = {name: number for number, name in names_by_number(catalogue).items()}
    if as_json:
        print_json(
            {
                "prompts": [
                    {
                        "number": numbers.get(prompt.name),
                        "name": prompt.name,
                        "language": prompt.language,
                        "tier": prompt.tier.name.lower(),
                        "tts": prompt.policy,
                        "parts": [
                            {"sound": part.sound, "wording": part.wording, "why": part.why}
                            for part in prompt.parts
                        ],
                    }
                    for prompt in prompts
                ]
            }
        )
        return
    table = Table(
        "Number", "Prompt", "Language", "Tier", "TTS", "Sound", "Wording", *(["Why"] if why else [])
    )
    for column in table.columns:
        column.overflow = "fold"  # a name that is cut is one that nobody can look for
    for prompt in prompts:
        start = [numbers.get(prompt.name, "")]
        start += [prompt.name, prompt.language, prompt.tier.name.lower(), prompt.policy.value]
        for part in prompt.parts:
            table.add_row(
                *start, part.sound.value, escape(part.wording), *([escape(part.why)] if why else [])
            )
            start = [""] * len(start)
    ui.print(table)


@app.command()
def render(
    context: typer.Context,
    csv: Annotated[
        Path | None, typer.Option("--csv", help="Customers, as for `ivr import`: render what they will hear.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Make the speech that is known before any call, so that no call waits for it.

    First every engine says a word in every language. Exit status 1 when a text could not be spoken.
    """
    import asyncio

    from ivr.app.content import content_of
    from ivr.cli.render_prompts import render_segments
    from ivr.engine.render_ahead import said_to_customers, said_to_everybody
    from ivr.sources.csv_file import read_customers

    settings = invocation(context).settings
    content = content_of(settings)
    today = datetime.now(content.time_zone).date()
    said = list(said_to_everybody(content, today))
    if csv is not None:
        said += said_to_customers(content, read_customers(csv, lambda *_: None).records, today)
    segments = list(dict.fromkeys(said))
    unwell, failed = asyncio.run(render_segments(settings, content, segments, as_json=as_json))
    for complaint in (*unwell, *failed):
        ui.print(complaint, style="red", highlight=False, markup=False, soft_wrap=True)
    if as_json:
        print_json({"sounds": len(segments), "failed": len(failed), "unwell_engines": len(unwell)})
    else:
        ui.print(f"{len(segments) - len(failed)} of {len(segments)} sounds are ready.", highlight=False)
    if failed:
        raise typer.Exit(1)


@app.command("import")
def import_files(
    context: typer.Context,
    files: Annotated[
        list[Path], typer.Argument(help="Recordings named after their prompts: goodbye.mp3, no-input.wav.")
    ],
    language: Annotated[
        str | None, typer.Option("--language", help="Their language; default: the name of their folder.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Take recordings (WAV of any rate, MP3, FLAC, Ogg) as the sound of prompts: all, or none.

    They are made as loud as speech, silence around them is cut, and from then on they are heard instead of
    speech.
    """
    from ivr.app.content import content_of
    from ivr.app.import_recordings import import_recordings

    settings = invocation(context).settings
    folder = settings.content_folder(settings.content.prompts)
    imported = import_recordings(content_of(settings).catalogue, folder, files, language)
    if as_json:
        print_json({"imported": [asdict(recording) for recording in imported]})
        return
    for recording in imported:
        how = "replaces the older one" if recording.replaced else "is new"
        ui.print(
            f"{recording.prompt} ({recording.language}), {recording.seconds:.1f} s: {how}.",
            highlight=False,
            markup=False,
        )
