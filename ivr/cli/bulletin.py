"""`ivr bulletin`: what every caller hears first, in an emergency."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from ivr.cli.context import JsonOption, invocation, print_json, ui, user_name
from ivr.cli.with_store import with_store
from ivr.clock import utc_now
from ivr.errors import UsageError

app = typer.Typer(
    name="bulletin", help="What every caller hears first, in an emergency.", no_args_is_help=True
)


@app.command("set")
def set_bulletin(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="What is said.")],
    language: Annotated[str, typer.Option("--language", help="Of the text: en, es, fr.")] = "en",
    hours: Annotated[
        float | None, typer.Option(min=0.1, help="Off the air by itself after so many; default: never.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Put a text on the air: callers hear it before anything else, from the next second on.

    It takes the place of an older one of that language, recorded or written.
    """
    from ivr.app.bulletins import announce

    settings = invocation(context).settings
    _check_language(language)
    until = None if hours is None else utc_now() + timedelta(hours=hours)
    author = user_name()
    version = with_store(
        settings, lambda store: announce(settings, store, language, text, until, author, utc_now)
    )
    if as_json:
        print_json({"version": version.id, "language": language, "until": until})
        return
    end = "until `ivr bulletin clear`" if until is None else f"until {until:%Y-%m-%d %H:%M} UTC"
    ui.print(f"On the air ({language}), {end}: version {version.id}.", highlight=False, markup=False)


@app.command("clear")
def clear_bulletin(
    context: typer.Context,
    language: Annotated[str | None, typer.Option("--language", help="Only this one: en, es, fr.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Take the bulletin off the air."""
    from ivr.app.bulletins import take_off

    settings = invocation(context).settings
    if language is not None:
        _check_language(language)
    author = user_name()
    version = with_store(settings, lambda store: take_off(settings, store, language, author, utc_now))
    if as_json:
        print_json({"version": version.id})
    else:
        which = "in any language" if language is None else f"in {language}"
        ui.print(f"No bulletin is on the air {which}: version {version.id}.", highlight=False)


@app.command("show")
def show_bulletin(context: typer.Context, as_json: JsonOption = False) -> None:
    """Show what is on the air."""
    from ivr.app.bulletins import announcements

    found = with_store(invocation(context).settings, lambda store: announcements(store, utc_now()))
    if as_json:
        print_json({"bulletins": [asdict(each) for each in found]})
        return
    table = Table("language", "on the air", "until (UTC)", "sound", "text", box=None)
    for each in found:
        until = "" if each.until is None else f"{each.until:%Y-%m-%d %H:%M}"
        sound = "recorded" if each.is_recorded else "spoken"
        table.add_row(each.language, "yes" if each.is_on_air else "no", until, sound, escape(each.text))
    ui.print(table if found else "No bulletin is there.")


def _check_language(language: str) -> None:
    from ivr.prompts.languages import LANGUAGES

    if language not in LANGUAGES:
        raise UsageError(f"{language!r} is no language we can say; use one of {', '.join(sorted(LANGUAGES))}")
