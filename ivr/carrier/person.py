"""A called party as a line of YAML.

people:
  - {number: "+12025550101", name: Ada Pays, does: {kind: answers, then: [{once: speech_stops, press: "1"}]}}
  - {number: "+12025550102", name: Ben Busy, does: busy}
  - {number: "+12025550103", name: Cleo Later, does: [busy, never_answers, {kind: answers}]}
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from ivr.carrier.behaviours import Behaviour
from ivr.carrier.content_model import ContentModel
from ivr.content_file import ContentFile, parse_content, validate_content
from ivr.errors import ContentError, Problem
from ivr.phone_number import PhoneNumber, parse_phone_number


def _one_or_several(value: object) -> object:
    return value if isinstance(value, list | tuple) else [value]


class Person(ContentModel):
    """Somebody with a telephone."""

    number: Annotated[str, AfterValidator(parse_phone_number)]
    """E.164."""
    name: str = Field(min_length=1)
    does: Annotated[tuple[Behaviour, ...], BeforeValidator(_one_or_several), Field(min_length=1)]
    """What this person does with the first call, the second, and so on; the last holds from then on."""
    records: bool = False
    """Whether what this person hears is recorded, from the answer on."""

    @property
    def phone_number(self) -> PhoneNumber:
        """The number, typed."""
        return PhoneNumber(self.number)

    def meets(self, call: int) -> Behaviour:
        """Return what the person does with a call, counted from 0."""
        return self.does[min(call, len(self.does) - 1)]


class _PeopleFile(ContentModel):
    people: tuple[Person, ...]


def parse_people(text: str, file: str) -> tuple[Person, ...]:
    """Read people from YAML; raises ContentError with everything that is wrong, two with one number too."""
    content = parse_content(text, file)
    people = validate_content(content, _PeopleFile).people
    if not people:
        raise ContentError([content.problem(("people",), "nobody is there", "add a person")])
    if problems := _shared_numbers(content, people):
        raise ContentError(problems)
    return people


def load_people(files: Sequence[Path]) -> tuple[Person, ...]:
    """Read the people of several files; raises ContentError for what is wrong in any of them."""
    people: list[Person] = []
    problems: list[Problem] = []
    for file in files:
        try:
            people += parse_people(file.read_text("utf-8"), str(file))
        except OSError as error:
            problems.append(Problem(str(file), None, "", str(error.strerror), "name a file that can be read"))
        except ContentError as error:
            problems += error.problems
    if problems:
        raise ContentError(problems)
    return tuple(people)


def _shared_numbers(content: ContentFile, people: Sequence[Person]) -> list[Problem]:
    owners: dict[str, str] = {}
    problems = []
    for index, person in enumerate(people):
        owner = owners.setdefault(person.number, person.name)
        if owner is not person.name:
            wrong = f"{person.number} belongs to {owner} already"
            problems.append(content.problem(("people", index, "number"), wrong, "give each their own number"))
    return problems
