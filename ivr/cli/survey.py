"""`ivr survey`: what customers answered in surveys."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import typer
from rich.table import Table

from ivr.cli.context import JsonOption, invocation, print_json, ui
from ivr.cli.with_store import with_store

if TYPE_CHECKING:
    from ivr.engine.read_models import SurveyQuestion


def survey(context: typer.Context, as_json: JsonOption = False) -> None:
    """Tell what every question of every survey comes to: answers, average, how often each score."""
    from ivr.store.reports import survey_questions

    questions = with_store(invocation(context).settings, lambda store: store.read(survey_questions))
    if as_json:
        print_json({"questions": [asdict(question) for question in questions]})
        return
    table = Table("Survey", "Question", "Answers", "Average", "Scores", "Remarks")
    for question in questions:
        table.add_row(*_row(question))
    ui.print(table)


def _row(question: SurveyQuestion) -> tuple[str, ...]:
    average = "" if question.average is None else f"{question.average:.2f}"
    scores = ", ".join(f"{score}: {times}" for score, times in question.scores.items())
    return (question.survey, question.question, str(question.answers), average, scores, str(question.remarks))
