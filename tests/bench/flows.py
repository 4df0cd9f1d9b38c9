"""Sessions per second of the flow engine on one core, and what they leave in memory.

Run as `python -m tests.bench.flows [--sessions N] [--json]`. Every session is another customer's, who hears
each prompt of a flow of twelve nodes to its end and presses six keys. CPU time is counted, not that of the
clock; a machine that others use at the same time is still slower, since they share its caches.

What leaks shows in `blocks_left`, the blocks of memory that Python holds more than before the first of the
measured sessions, and in `rss_kib`, the memory of the process before them and after each tenth of them.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import time
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from ivr.content_file import parse_content
from ivr.flows.events import FlowEvent, Pressed, SpeechEnded
from ivr.flows.flow import Flow
from ivr.flows.load_flow import load_flow
from ivr.flows.session import Session
from ivr.money import Money
from ivr.prompts.catalogue import Catalogue
from ivr.prompts.load_catalogue import load_catalogue

PROMPTS = Path(__file__).parents[2] / "prompts" / "en"
FLOW = """
name: bench
start: identify
sorry: sorry-after-drop
goodbye: goodbye
keys: {9: opt-out}
nodes:
  identify: {type: verify, prompt: overdue-identify, yes: {key: 1, to: details}, no: {key: 2, to: not-them}}
  not-them: {type: hangup, prompt: overdue-not-them}
  details: {type: say, prompt: overdue-details, next: choose}
  choose:
    type: branch
    cases: [{when: {variable: payment_method, present: true}, to: menu}]
    otherwise: promise
  menu:
    type: menu
    prompt: overdue-menu-saved-method
    keys: {2: promise, 4: {to: noted, response: already_paid}, 8: again}
    no_match: {prompt: no-match}
  again: {type: repeat, from: details}
  promise: {type: menu, prompt: overdue-promise, keys: {1: days, 5: menu}}
  days: {type: gather, prompt: overdue-promise, variable: days, length: 2, next: promised}
  promised: {type: respond, response: promised, next: noted}
  noted: {type: say, prompt: overdue-already-paid, next: end}
  end: {type: hangup, prompt: goodbye, reason: promised}
  opt-out: {type: opt_out, prompt: opted-out}
"""
KEYS = "182114"
"""Yes, again, promise, within …, and two digits."""
FILLING = 10_000
"""Sessions, each of another customer, after which every cache is full."""


def load() -> tuple[Flow, Catalogue]:
    """Return the flow that is measured and the shipped prompts."""
    files = [parse_content(path.read_text(), f"prompts/en/{path.name}") for path in PROMPTS.glob("*.yaml")]
    catalogue = load_catalogue(files, ())
    return load_flow(parse_content(FLOW, "bench.yaml"), catalogue), catalogue


def customer(number: int) -> Mapping[str, object]:
    """Return what a call to the customer of this number can speak of."""
    today = date(2026, 3, 9)
    return {
        "today": today,
        "company": {"name": "Acme Credit Union", "phone": "+12025550123"},
        "customer": {"name": f"Maria Lopez-{number}", "first_name": "Maria", "language": "en"},
        "account": {
            "id": f"a{number}",
            "kind": "card",
            "amount_due": Money(100 + number, "USD"),
            "due_on": today - timedelta(days=number % 60),
        },
        "alert": {"topic": "payments"},
        "contact": {"sms": None, "email": None},
        "payments": {"card_keying": False, "vault": None},
        "payment_method": {"id": "pm1", "kind": "card", "ending": f"{number % 100:02}"},
    }


def talk(flow: Flow, catalogue: Catalogue, number: int) -> int:
    """Lead one customer through the flow; return how many prompts were heard."""
    session = Session(flow, catalogue, customer(number), "en")
    keys = iter(KEYS)
    turn = session.start()
    heard = 0
    while turn.wait is not None:
        state = turn.state
        event: FlowEvent
        if state.say_id is not None:
            heard += 1
            event = SpeechEnded(state.say_id)
        else:
            event = Pressed(next(keys))
        turn = session.resume(state, event)
    if next(keys, None) is not None or turn.state.node != "end":
        raise SystemExit(f"the session ended in {turn.state.node!r} before its last key")
    return heard


def resident_kib() -> int:
    """Return how much memory this process has in use."""
    status = Path("/proc/self/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))


def blocks() -> int:
    """Return how many blocks of memory Python holds, garbage excepted."""
    gc.collect()
    return sys.getallocatedblocks()


def measure(sessions: int) -> dict[str, object]:
    """Return sessions per second of CPU time, and what they left in memory."""
    flow, catalogue = load()
    # Caches of bounded size fill first: what comes after them would be a leak.
    for number in range(FILLING):
        talk(flow, catalogue, number)
    blocks_before, rss = blocks(), [resident_kib()]
    heard, took = 0, 0.0
    for tenth in range(10):
        numbers = range(FILLING + sessions * tenth // 10, FILLING + sessions * (tenth + 1) // 10)
        begun = time.process_time()
        heard += sum(talk(flow, catalogue, number) for number in numbers)
        took += time.process_time() - begun
        rss.append(resident_kib())
    return {
        "sessions": sessions,
        "sessions_per_second": round(sessions / took),
        "prompts_per_session": heard / sessions,
        "nodes": len(flow.nodes),
        "keys": len(KEYS),
        "blocks_left": blocks() - blocks_before,
        "rss_before_kib": rss[0],
        "rss_after_kib": rss[-1],
        "rss_kib": rss,
    }


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sessions", type=int, default=20_000)
    options.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    given = options.parse_args()
    result = measure(given.sessions)
    if given.json:
        print(json.dumps(result))  # noqa: T201 (what was asked for)
        return
    for name, value in result.items():
        print(f"{name.replace('_', ' '):22}{value}")  # noqa: T201 (what was asked for)


if __name__ == "__main__":
    main()
