"""Where a process' processor time goes, by sampling: which part of the code each thread was in, and how much
processor time it had used since the last look. A thread that waits uses none and counts for nothing.
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
_LIBRARIES = ("aiohttp", "asyncio", "apscheduler")


class CpuProfile:
    """Processor seconds by part of the code and by function."""

    def __init__(self) -> None:
        self.by_part: defaultdict[str, float] = defaultdict(float)
        """Parts are the packages of ours with all that they call in libraries; what no code of ours called
        counts for the library."""
        self.by_function: defaultdict[str, float] = defaultdict(float)
        """The function of ours that was innermost."""
        self._used: dict[int, float] = {}

    def look(self) -> None:
        """Add what every other thread used since the last look to where it is now."""
        for thread, frame in sys._current_frames().items():
            if thread == threading.get_ident():
                continue
            try:
                used = time.clock_gettime(time.pthread_getcpuclockid(thread))
            except OSError:  # it has just ended
                continue
            spent = used - self._used.get(thread, used)
            self._used[thread] = used
            if spent > 0:
                part, function = place_of(frame)
                self.by_part[part] += spent
                self.by_function[function] += spent


@contextmanager
def profiled() -> Iterator[CpuProfile]:
    """Look at all threads while the context lasts."""
    profile = CpuProfile()
    done = threading.Event()

    def look() -> None:
        while not done.wait(INTERVAL):
            profile.look()

    thread = threading.Thread(target=look, name="profile", daemon=True)
    thread.start()
    try:
        yield profile
    finally:
        done.set()
        thread.join()


def place_of(frame: FrameType | None) -> tuple[str, str]:
    """Return the part and the function that the innermost frame of ours is in.

    What the event loop runs for a library (reading a socket) and the loop itself count for the library, not
    for whoever once started the loop.
    """
    library = "other"
    while frame is not None:
        file = frame.f_code.co_filename
        if "/ivr/" in file:
            inside = file.rpartition("/ivr/")[2]
            return inside.partition("/")[0].removesuffix(".py"), f"{inside}:{frame.f_code.co_qualname}"
        if library == "other":
            library = next((name for name in _LIBRARIES if f"/{name}/" in file), library)
        if frame.f_code.co_name == "_run_once":
            break
        frame = frame.f_back
    return library, library
