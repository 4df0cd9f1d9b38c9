"""`ivr answers`: what other media take from here."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ivr.cli import app
from ivr.errors import ContentError

REPOSITORY = Path(__file__).parents[3]
ANSWERS = """
answers:
  where-to-pay:
    question: Where can I pay?
    answer: In any branch, or by telephone at {{ company.phone | telephone }}.
"""


@pytest.fixture
def prompts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shipped prompts, which can be added to."""
    for name in ("dialplans", "prompts", "alert_rules", "config"):
        shutil.copytree(REPOSITORY / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IVR_HOME", str(tmp_path / "home"))
    return tmp_path / "prompts"


def test_other_media_get_question_and_answer_of_each_language(prompts: Path) -> None:
    (prompts / "en/answers.yaml").write_text(ANSWERS)
    (prompts / "es/answers.yaml").write_text(
        "answers: {where-to-pay: {question: '¿Dónde puedo pagar?', answer: En cualquier sucursal.}}", "utf-8"
    )
    result = CliRunner().invoke(app, ["answers", "list", "--json"], catch_exceptions=False)
    every = json.loads(result.stdout)["answers"]
    english, spanish = (answer for answer in every if answer["name"] == "where-to-pay")
    assert english == {
        "name": "where-to-pay",
        "language": "en",
        "tier": "anyone",
        "question": "Where can I pay?",
        "text": "In any branch, or by telephone at {{ company.phone | telephone }}.",
    }
    assert (spanish["question"], spanish["text"]) == ("¿Dónde puedo pagar?", "En cualquier sucursal.")


def test_an_answer_without_its_question_is_refused_with_its_line(prompts: Path) -> None:
    (prompts / "en/answers.yaml").write_text(ANSWERS.replace("    question: Where can I pay?\n", ""))
    with pytest.raises(
        ContentError, match=r"answers\.yaml:3: answers\.where-to-pay\.question: it is missing"
    ):
        CliRunner().invoke(app, ["answers", "list", "--json"], catch_exceptions=False)


def test_an_answer_that_can_not_be_said_is_refused_with_its_line(prompts: Path) -> None:
    (prompts / "en/answers.yaml").write_text(ANSWERS.replace("| telephone", "| telefone"))
    with pytest.raises(ContentError, match=r"answers\.yaml:5: answers\.where-to-pay\.answer: .*telefone"):
        CliRunner().invoke(app, ["answers", "list", "--json"], catch_exceptions=False)
