"""The demo's end: what each person did beside what the store says."""

from __future__ import annotations

from collections import Counter

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ivr.app.demo.case import Case, Stored
from ivr.app.demo.judge import Judgement, Verdict
from ivr.app.demo.sample import Sample
from ivr.calls.call_result import CallResult
from ivr.cli.demo_words import in_short, what_came_of_it, what_they_did

_WIDTH = 100


def show_report(
    console: Console, judgement: Judgement, sample: Sample, stored: Stored, seconds: float
) -> None:
    """Print a line per customer, the contradictions, and the sum."""
    table = Table(box=box.SIMPLE_HEAD, width=min(console.width, _WIDTH), pad_edge=False)
    table.add_column("", width=1)
    table.add_column("customer", width=15, no_wrap=True)
    table.add_column("what the person did (own log)", ratio=5)
    table.add_column("what the store says", ratio=4)
    table.add_column("due", justify="right", width=13, no_wrap=True)
    for verdict in judgement.verdicts:
        case = verdict.case
        did = in_short(_did(case, sample))
        says = in_short([what_came_of_it(attempt) for attempt in case.attempts])
        table.add_row(
            _mark(verdict),
            case.record.customer.name,
            did or Text("was not called", "dim"),
            says or Text("nothing is due", "dim"),
            _due(case),
        )
    console.print(table)
    _show_contradictions(console, judgement)
    _show_sum(console, judgement, stored, seconds)


def _did(case: Case, sample: Sample) -> list[Text]:
    """Return what was done with each call; a person may do something else with each."""
    people, calls_at = sample.people_by_number, Counter[str]()
    told = []
    for rung in case.rung:
        person = people.get(rung.number)
        kind = "" if person is None else person.meets(calls_at[rung.number]).kind
        calls_at[rung.number] += 1
        is_other = rung.number != case.rung[0].number
        told.append(Text(f"{'other number: ' if is_other else ''}{what_they_did(rung.call, kind)}"))
    return told


def _mark(verdict: Verdict) -> Text:
    return Text("✓", "green") if verdict.is_clean else Text("✗", "bold red")


def _due(case: Case) -> Text:
    before = sum(account.amount_due.amount for account in case.record.accounts)
    now = sum(account.amount_due.amount for account in case.line.accounts) if case.line else before
    return Text(f"{before}") if now == before else Text(f"{before} → {now}", "green")


def _show_contradictions(console: Console, judgement: Judgement) -> None:
    for verdict in judgement.verdicts:
        name = verdict.case.record.customer.name
        for sentence in verdict.mismatches:
            console.print(f"✗ {name}: {sentence}.", style="red", highlight=False, soft_wrap=True)
        if verdict.duplicates:
            console.print(f"✗ {name}: {verdict.duplicates} calls too many.", style="red", highlight=False)
        if verdict.lost:
            console.print(f"✗ {name}: {verdict.lost} matters have no end.", style="red", highlight=False)
    for sentence in judgement.general:
        console.print(f"✗ {sentence}.", style="red", highlight=False, soft_wrap=True)


def _show_sum(console: Console, judgement: Judgement, stored: Stored, seconds: float) -> None:
    rung = [each for verdict in judgement.verdicts for each in verdict.case.rung]
    answered = sum(each.told.result is CallResult.ANSWERED for each in rung)
    came_to = Counter(each.disposition.value for each in stored.attempts if each.disposition is not None)
    counted = ", ".join(f"{count} {word.replace('_', ' ')}" for word, count in came_to.most_common())
    console.print(f"{len(rung)} calls, {answered} answered: {counted}.", highlight=False)
    clean = sum(verdict.is_clean for verdict in judgement.verdicts)
    everybody = len(judgement.verdicts)
    told = (
        f"The people's own log and the store agree about {clean} of {everybody} customers;"
        f" {judgement.duplicates} called twice, {judgement.lost} forgotten; {seconds:.0f} s."
    )
    console.print(told, style="green" if judgement.is_clean else "bold red", highlight=False)
