from __future__ import annotations

from pathlib import Path

import pytest

from ivr.carrier.behaviours.answers import Answers
from ivr.carrier.behaviours.busy import Busy
from ivr.carrier.person import load_people, parse_people
from ivr.errors import ContentError

SAMPLES = Path(__file__).parents[3] / "config" / "samples" / "people"


def test_a_person_is_a_line() -> None:
    people = parse_people(
        """people:
  - {number: "+12025550101", name: Ada, does: busy}
  - {number: "(202) 555-0102", name: Ben, does: {kind: answers, rings: 2}, records: true}
""".replace("(202) 555-0102", "+1 202 555 0102"),
        "people.yaml",
    )
    ada, ben = people
    assert ada.does == (Busy(kind="busy"),)
    assert ben.does == (Answers(kind="answers", rings=2),)
    assert ben.number == "+12025550102"
    assert (ada.records, ben.records) == (False, True)


def test_each_call_may_be_met_differently_and_the_last_way_stays() -> None:
    [cleo] = parse_people(
        'people: [{number: "+12025550103", name: Cleo, does: [busy, never_answers]}]', "people.yaml"
    )
    assert [cleo.meets(call).kind for call in range(4)] == ["busy", *["never_answers"] * 3]


def test_a_mistake_in_a_later_call_is_told_with_its_place() -> None:
    with pytest.raises(ContentError, match=r"people.yaml:1: people.0.does.1.then.0.press: 'x' is not on"):
        parse_people(
            'people: [{number: "+12025550103", name: C, does: [busy, {kind: answers, then: [{press: x}]}]}]',
            "people.yaml",
        )


def test_everything_that_is_wrong_is_told_at_once_with_its_line() -> None:
    with pytest.raises(ContentError) as caught:
        parse_people(
            """people:
  - {number: "12", name: Ada, does: busy}
  - {number: "+12025550102", name: Ben, does: dances}
  - {number: "+12025550103", name: Cleo, does: {kind: answers, then: [{press: 1}]}, mood: good}
""",
            "people.yaml",
        )
    told = [(problem.line, problem.field) for problem in caught.value.problems]
    assert told == [
        (2, "people.0.number"),
        (3, "people.1.does"),
        (4, "people.2.does.then.0.press"),
        (4, "people.2.mood"),
    ]


def test_two_people_with_one_number_are_refused_at_the_second() -> None:
    with pytest.raises(ContentError, match=r"people.yaml:3: people.1.number: \+12025550101 belongs to Ada"):
        parse_people(
            """people:
  - {number: "+12025550101", name: Ada, does: busy}
  - {number: "+1 202 555 0101", name: Ada, does: busy}
""",
            "people.yaml",
        )


def test_a_file_without_people_is_refused() -> None:
    with pytest.raises(ContentError, match="nobody is there"):
        parse_people("people: []", "people.yaml")


def test_complaints_of_several_files_come_together(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("people: []")
    with pytest.raises(ContentError) as caught:
        load_people([tmp_path / "a.yaml", tmp_path / "missing.yaml"])
    assert len(caught.value.problems) == 2


def test_the_sample_has_a_person_of_every_kind() -> None:
    folder = Path(__file__).parents[3] / "ivr" / "carrier" / "behaviours"
    kinds = {file.stem for file in folder.glob("[a-z]*.py")}
    people = load_people([SAMPLES / "every-kind.yaml"])
    assert {behaviour.kind for person in people for behaviour in person.does} == kinds
