"""The demo while it runs: counts, and a line for each call, those that moved last on top."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from ivr.app.demo.case import numbers_of
from ivr.app.demo.run import Look
from ivr.app.demo.sample import Sample
from ivr.attempts.attempt import TERMINAL, AttemptState
from ivr.carrier.call_seen import CallSeen
from ivr.cli.demo_words import what_came_of_it
from ivr.engine.read_models import AttemptLine
from ivr.phone_number import PhoneNumber, national_format

_LINES_AROUND = 8
"""Lines of the screen that the table's frame and the counts take."""
_SHOWN: Sequence[tuple[str, str]] = (
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
        self._customers = {n: record.customer.id for record in sample.records for n in numbers_of(record)}
        self._console = console
        self._moved: dict[str, int] = {}
        """Number of the look at which an attempt was last seen to change, by attempt."""
        self._before: dict[str, object] = {}
        self._looks = 0

    def drawn(self, look: Look) -> RenderableType:
        """Return the screen."""
        calls = {call.attempt_id: call for each in look.calls.values() for call in each if call.attempt_id}
        self._note_moves(look, calls)
        table = Table(box=box.SIMPLE_HEAD, width=min(self._console.width, 100), pad_edge=False)
        table.add_column("customer", width=16, no_wrap=True)
        table.add_column("telephone", width=14, no_wrap=True)
        table.add_column("try", width=3, justify="right")
        table.add_column("keys", width=12, no_wrap=True)
        table.add_column("call", ratio=1, no_wrap=True)
        room = max(3, self._console.height - _LINES_AROUND)
        moved = sorted(look.stored.attempts, key=self._order)
        for attempt in moved[:room]:
            table.add_row(*self._cells(attempt, calls.get(attempt.attempt_id)))
        return Group(headline(look), table)

    def _cells(self, attempt: AttemptLine, call: CallSeen | None) -> tuple[RenderableType, ...]:
        keys = " ".join(call.pressed) if call else ""
        return (
            self._names.get(attempt.customer_id, attempt.customer_id),
            national_format(PhoneNumber(attempt.address)),
            str(attempt.attempt_no),
            Text(keys, "bold"),
            _now(attempt, call),
        )

    def _note_moves(self, look: Look, calls: dict[str, CallSeen]) -> None:
        self._looks += 1
        for attempt in look.stored.attempts:
            call = calls.get(attempt.attempt_id)
            shown = (attempt.state, call.pressed if call else (), call and call.rang_at)
            if self._before.get(attempt.attempt_id) != shown:
                self._before[attempt.attempt_id] = shown
                self._moved[attempt.attempt_id] = self._looks

    def _order(self, attempt: AttemptLine) -> tuple[bool, int, str]:
        is_over = attempt.state in TERMINAL
        return is_over, -self._moved[attempt.attempt_id] if is_over else 0, attempt.customer_id


def _now(attempt: AttemptLine, call: CallSeen | None) -> Text:
    match attempt.state:
        case AttemptState.READY:
            return Text("waits to be tried again" if attempt.attempt_no > 1 else "waits for its turn", "dim")
        case AttemptState.CLAIMED:
            return Text("next to be dialled", "dim")
        case AttemptState.PLACING:
            return Text("ringing" if call and call.rang_at else "dialling", "blue")
        case AttemptState.IN_PROGRESS:
            return Text("talking", "bold blue")
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
    line.append("   ".join(f"{came_to[key]} {word}" for key, word in _SHOWN), "dim")
    return line


def status_line(look: Look) -> str:
    """Return the counts in one line, for where no table can be drawn."""
    return " | ".join(line.strip() for line in headline(look).plain.splitlines())
