"""What a flow looks at that is not there by then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ivr.flows.lint.entering import Entry, entries, way_to
from ivr.flows.lint.reading import Names, Reading, readings, secrets, set_on_every_way, set_on_some_way
from ivr.flows.lint.subject import Subject
from ivr.flows.sample_variables import GIVEN


@dataclass(frozen=True, slots=True)
class Lack:
    """A place that needs a variable which the flow itself has not set on every way there."""

    flow: str
    """The one that looks at it."""
    reading: Reading
    is_set_on_some_way: bool


def own_lacks(subject: Subject) -> Iterator[Lack]:
    """Yield what the flow looks at and has not set itself."""
    always, sometimes = set_on_every_way(subject), set_on_some_way(subject)
    kept = secrets(subject.flow)
    for reading in readings(subject):
        if reading.variable in GIVEN or reading.variable in kept:
            continue
        if reading.node is not None and reading.node not in always:
            continue  # of another flow, which is told that nobody gets there
        lack = Lack(subject.flow.name, reading, _is_in(reading, sometimes.get(reading.node or "")))
        if not _is_in(reading, always.get(reading.node or "")) and _matters(lack):
            yield lack


def lacks_behind(subject: Subject, entry: Entry) -> Iterator[Lack]:
    """Yield what the flow that is entered there, and those that it enters, look at and find nowhere set.

    Of flows that come back to this one nothing is yielded: they have a finding of their own.
    """
    if way_to(entry.flow, subject.flow.name):
        return
    always = set_on_every_way(subject).get(entry.name)
    sometimes = set_on_some_way(subject).get(entry.name)
    for lack in _lacks(entry.flow):
        ever = lack.is_set_on_some_way or _is_in(lack.reading, sometimes)
        found = Lack(lack.flow, lack.reading, ever)
        if not _is_in(lack.reading, always) and _matters(found):
            yield found


def _lacks(subject: Subject) -> Iterator[Lack]:
    yield from own_lacks(subject)
    for entry in entries(subject):
        yield from lacks_behind(subject, entry)


def _is_in(reading: Reading, names: Names | None) -> bool:
    """Say whether a variable or a namespace that it is in is among the names."""
    variable = reading.variable
    return any(variable == name or variable.startswith(f"{name}.") for name in names or ())


def _matters(lack: Lack) -> bool:
    """A prompt breaks off without its variable; a node only needs that it can be there at all."""
    return lack.reading.prompt is not None or not lack.is_set_on_some_way
