"""Where a process' processor time goes, by sampling: which part of the code each thread is in, and how much
processor time it has used since the last look. A thread that waits uses none, and counts for nothing.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

INTERVAL = 0.005
"""Seconds between two looks."""
_SWITCH_INTERVAL = 0.0002
"""Seconds: how soon a running thread makes way for a look. Without it, looks would fall on the moments at which
threads make way by themselves, which is when they begin to wait."""
_LIBRARIES = ("aiohttp", "asyncio", "apscheduler")


@contextmanager
def profiled(begin: threading.Event) -> Iterator[dict[str, float]]:
    """Look at all other threads from `begin` on, while the context lasts.

    Gives processor seconds by part of the code: a package of ours with all that it calls in libraries, or a
    library for what no code of ours called.
    """
    spent: defaultdict[str, float] = defaultdict(float)
    done = threading.Event()

    def look() -> None:
        begin.wait()
        sys.setswitchinterval(_SWITCH_INTERVAL)
        used: dict[int, float] = {}
        while not done.wait(INTERVAL):
            _look(spent, used)

    thread = threading.Thread(target=look, name="profile", daemon=True)
    thread.start()
    try:
        yield spent
    finally:
        done.set()
        begin.set()
        thread.join()


def _look(spent: defaultdict[str, float], used_before: dict[int, float]) -> None:
    for thread, frame in sys._current_frames().items():
        if thread == threading.get_ident():
            continue
        try:
            used = time.clock_gettime(time.pthread_getcpuclockid(thread))
        except OSError:  # it has just ended
            continue
        spent[part_of(frame)] += used - used_before.get(thread, used)
        used_before[thread] = used


def part_of(frame: FrameType | None) -> str:
    """Return the package of ours that the innermost frame of ours is in, else a library's name.

    What the event loop runs for a library (reading a socket), and the loop itself, count for the library and
    not for whoever once started the loop.
    """
    library = "other"
    while frame is not None:
        file = frame.f_code.co_filename
        if "/ivr/" in file:
            return file.rpartition("/ivr/")[2].partition("/")[0].removesuffix(".py")
        if library == "other":
            library = next((name for name in _LIBRARIES if f"/{name}/" in file), library)
        if frame.f_code.co_name == "_run_once":
            break
        frame = frame.f_back
    return library
