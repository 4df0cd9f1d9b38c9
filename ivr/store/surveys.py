"""What people answered in surveys, and what it comes to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import sqlalchemy as sa

from ivr.engine.ports.surveys import SurveyAnswer
from ivr.engine.read_models import SurveyQuestion
from ivr.store.insert import upsert
from ivr.store.tables.surveys import survey_answers


class SqlSurveys:
    """Answers of one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def keep(self, answer: SurveyAnswer) -> None:
        row = {
            "call_id": answer.call_id,
            "survey": answer.survey,
            "question": answer.question,
            "score": answer.score,
            "recording": answer.recording,
            "customer_id": answer.customer_id,
            "at": answer.at,
        }
        upsert(self._connection, survey_answers, row, key=["call_id", "survey", "question"])


def survey_results(connection: sa.Connection) -> Sequence[SurveyQuestion]:
    """Return what every question's answers come to, by survey and question."""
    scores: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    remarks: Counter[tuple[str, str]] = Counter()
    for row in connection.execute(sa.select(survey_answers)):
        asked = (row.survey, row.question)
        if row.score is None:
            remarks[asked] += 1
        else:
            scores[asked][row.score] += 1
    return [_question(*asked, scores[asked], remarks[asked]) for asked in sorted({*scores, *remarks})]


def _question(survey: str, question: str, scores: Counter[int], remarks: int) -> SurveyQuestion:
    count, total = scores.total(), sum(score * times for score, times in scores.items())
    average = round(total / count, 2) if count else None
    return SurveyQuestion(survey, question, count, average, dict(sorted(scores.items())), remarks)
