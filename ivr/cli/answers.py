"""`ivr answers`: frequently asked questions, for every medium."""

from __future__ import annotations

import typer
from rich.markup import escape
from rich.table import Table

from ivr.cli.context import JsonOption, invocation, print_json, ui

app = typer.Typer(name="answers", help="Frequently asked questions.", no_args_is_help=True)


@app.callback()
def _root() -> None:
    """Keep `list` a command of its own."""


@app.command("list")
def list_answers(context: typer.Context, as_json: JsonOption = False) -> None:
    """List every question with its answer, in every language: what a web page or a letter says as well."""
    from ivr.app.content import content_of

    catalogue = content_of(invocation(context).settings).catalogue
    answers = [
        {
            "name": name,
            "language": language,
            "tier": catalogue.tier(name).name.lower(),
            "question": question,
            "text": " ".join(part.wording for part in catalogue.prompt(name, language).parts),
        }
        for name, questions in sorted(catalogue.questions().items())
        for language, question in sorted(questions.items())
    ]
    if as_json:
        print_json({"answers": answers})
        return
    table = Table("Name", "Language", "Tier", "Question", "Answer")
    for column in table.columns:
        column.overflow = "fold"
    for answer in answers:
        table.add_row(*(escape(text) for text in answer.values()))
    ui.print(table)
