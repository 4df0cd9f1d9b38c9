"""The demo while it runs: counts, and a line for each call, with what is being said on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from ivr.app.demo.run import Look
from ivr.app.demo.sample import Sample
from ivr.attempts.attempt import TERMINAL, AttemptState
from ivr.carrier.call_seen import CallSeen
from ivr.cli.demo_words import what_came_of_it
from ivr.engine.read_models import AttemptLine
from ivr.phone_number import PhoneNumber, national_format

_WIDTH = 100
_LINES_AROUND = 8
"""Lines of the screen that the table's frame and the counts take."""
_GOING_ON = frozenset({AttemptState.PLACING, AttemptState.IN_PROGRESS})
_COUNTED: Sequence[tuple[str, str]] = (
    ("payment", "paid"),
    ("promise_to_pay", "promised"),
    ("agent_handled", "with an agent"),
    ("do_not_call", "opted out"),
    ("wrong_party", "wrong person"),
    ("no_contact", "not reached"),
)


class LiveTable:
    """Draws one look after another."""

    def __init__(self, sample: Sample, console: Console) -> None:
        self._names = {record.customer.id: record.customer.name for record in sample.records}
        self._console = console
        self._over: dict[str, AttemptLine] = {}
        """Attempts that are over, in the order in which they were seen to be."""

    def drawn(self, look: Look) -> RenderableType:
        """Return the screen."""
        calls = {call.attempt_id: call for each in look.calls.values() for call in each if call.attempt_id}
        self._over.update({each.attempt_id: each for each in look.stored.attempts if each.state in TERMINAL})
        table = _empty_table(min(self._console.width, _WIDTH))
        for attempt in self._shown(look.stored.attempts):
            heard = look.heard.get(attempt.attempt_id, "")
            table.add_row(*self._cells(attempt, calls.get(attempt.attempt_id), heard))
        return Group(headline(look), table)

    def _shown(self, attempts: Sequence[AttemptLine]) -> Sequence[AttemptLine]:
        """Return what there is room for: calls that go on, the last that ended, then those who wait."""
        room = max(6, self._console.height - _LINES_AROUND)
        going_on = [attempt for attempt in attempts if attempt.state in _GOING_ON]
        over = [*reversed(self._over.values())]
        waiting = [attempt for attempt in attempts if attempt not in going_on and attempt not in over]
        going_on = going_on[: room - min(len(over), room // 3)]
        return [*going_on, *over, *waiting][:room]

    def _cells(self, attempt: AttemptLine, call: CallSeen | None, heard: str) -> tuple[RenderableType, ...]:
        keys = " ".join(call.pressed) if call else ""
        return (
            self._names.get(attempt.customer_id, attempt.customer_id),
            national_format(PhoneNumber(attempt.address)),
            str(attempt.attempt_no),
            Text(keys, "bold"),
            _now(attempt, call, heard),
        )


def _empty_table(width: int) -> Table:
    table = Table(box=box.SIMPLE_HEAD, width=width, pad_edge=False)
    table.add_column("customer", width=15, no_wrap=True)
    table.add_column("telephone", width=14, no_wrap=True)
    table.add_column("try", width=3, justify="right")
    table.add_column("keys", width=10, no_wrap=True)
    table.add_column("call", ratio=1, no_wrap=True)
    return table


def _now(attempt: AttemptLine, call: CallSeen | None, heard: str) -> Text:
    match attempt.state:
        case AttemptState.READY:
            return Text("waits to be tried again" if attempt.attempt_no > 1 else "waits for its turn", "dim")
        case AttemptState.CLAIMED:
            return Text("next to be dialled", "dim")
        case AttemptState.PLACING:
            return Text("ringing" if call and call.rang_at else "dialling", "blue")
        case AttemptState.IN_PROGRESS:
            return Text(f"“{heard}”", "italic") if heard else Text("talking", "bold blue")
        case _:
            return what_came_of_it(attempt)


def headline(look: Look) -> Text:
    """Return the counts in two lines."""
    states = Counter(attempt.state for attempt in look.stored.attempts)
    came_to = Counter(a.disposition.value for a in look.stored.attempts if a.disposition is not None)
    over = sum(states[state] for state in TERMINAL)
    waiting = states[AttemptState.READY] + states[AttemptState.CLAIMED]
    line = Text.assemble(
        (f"{int(look.seconds) // 60}:{int(look.seconds) % 60:02}", "bold"),
        f"   {waiting} waiting   ",
        (f"{states[AttemptState.PLACING]} dialled", "blue"),
        "   ",
        (f"{states[AttemptState.IN_PROGRESS]} talking", "bold blue"),
        f"   {over} over\n",
    )
    line.append("   ".join(f"{came_to[key]} {word}" for key, word in _COUNTED), "dim")
    return line


def status_line(look: Look) -> str:
    """Return the counts in one line, for where no table can be drawn."""
    return " | ".join(line.strip() for line in headline(look).plain.splitlines())
