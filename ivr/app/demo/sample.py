"""The sample customers, the people who answer for them, and the agents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from ivr.carrier.person import Person, load_people
from ivr.content_file import validate_content
from ivr.engine.ports import CustomerRecord
from ivr.errors import ContentError, Problem
from ivr.sources.csv_file import read_customers
from ivr.sources.findings import read_content
from ivr.switch.templates import content_folder


@dataclass(frozen=True, slots=True)
class Sample:
    """What a demo begins with."""

    records: tuple[CustomerRecord, ...]
    people: tuple[Person, ...]
    """Who answers the customers' numbers."""
    agents: tuple[Person, ...]
    opted_out: frozenset[str]
    """Ids of customers who asked earlier not to be called."""

    @property
    def people_by_number(self) -> Mapping[str, Person]:
        """Who has which telephone."""
        return {person.number: person for person in self.people}


class _OptedOut(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    customers: tuple[str, ...]


def sample_folder() -> Path:
    """Return the folder of the demo's rule, people and customers."""
    return content_folder("config") / "samples" / "demo"


def load_sample(folder: Path) -> Sample:
    """Read everything; raises ContentError with all that is wrong in the first file that can't be used."""
    records = tuple(read_customers(folder / "customers.csv").records)
    town = folder / "people"
    people, agents = load_people([town / "customers.yaml"]), load_people([town / "agents.yaml"])
    _refuse_shared_numbers(people, agents, str(town / "agents.yaml"))
    return Sample(records, people, agents, _opted_out(town / "opted-out.yaml", records))


def _opted_out(file: Path, records: Sequence[CustomerRecord]) -> frozenset[str]:
    content = read_content(file)
    opted_out = validate_content(content, _OptedOut).customers
    known = {record.customer.id for record in records}
    if strangers := [name for name in opted_out if name not in known]:
        wrong = f"{strangers[0]!r} is no customer of customers.csv"
        raise ContentError([content.problem(("customers",), wrong, "use an id of that file")])
    return frozenset(opted_out)


def _refuse_shared_numbers(people: tuple[Person, ...], agents: tuple[Person, ...], file: str) -> None:
    taken = {person.number for person in people}
    if shared := [agent.number for agent in agents if agent.number in taken]:
        wrong = f"{shared[0]} is a customer's number"
        raise ContentError([Problem(file, None, "people", wrong, "give agents numbers of their own")])
