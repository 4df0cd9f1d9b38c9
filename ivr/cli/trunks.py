"""`ivr trunks`: how the trunks do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer
from rich.table import Table

from ivr.cli.context import JsonOption, invocation, print_json, ui
from ivr.cli.with_store import with_store

if TYPE_CHECKING:
    from ivr.calls.aftermath import Aftermath
    from ivr.engine.read_models import AnswerScoreLine

app = typer.Typer(name="trunks", help="How the trunks do.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keep `answered` a command of its own, alone as it is."""


@app.command()
def answered(context: typer.Context, as_json: JsonOption = False) -> None:
    """Show what was heard of who answered, against what each of these calls came to.

    A key proves a person: calls under `verified` or `pressed` in a line other than `human` were misjudged.
    """
    from ivr.calls.aftermath import Aftermath
    from ivr.store.reports import answer_score_lines

    scores = with_store(invocation(context).settings, lambda store: store.read(answer_score_lines))
    if as_json:
        print_json({"answered": [asdict(score) for score in scores]})
        return
    table = Table("Trunk", "Verdict", *(f"{each.value}" for each in Aftermath))
    for row in _rows(scores, list(Aftermath)):
        table.add_row(*row)
    ui.print(table)


def _rows(scores: Sequence[AnswerScoreLine], columns: Sequence[Aftermath]) -> list[tuple[str, ...]]:
    """Return a row for each trunk and verdict, with a count for each aftermath of `columns`."""
    counts = {(score.trunk, score.verdict, score.aftermath): score.calls for score in scores}
    lines = dict.fromkeys((score.trunk, score.verdict) for score in scores)
    return [
        (trunk, verdict.value, *(str(counts.get((trunk, verdict, each), 0)) for each in columns))
        for trunk, verdict in lines
    ]
