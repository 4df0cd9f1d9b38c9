"""`ivr` with a profile of its processor time: python -m tests.bench.calls.profiled_engine, then as `ivr`.

SIGUSR1 begins the profile. At the end the processor seconds of each part of the code are written, as JSON,
to the file that PROFILE_VARIABLE names.
"""

from __future__ import annotations

import json
import os
import signal
import threading
from pathlib import Path

from ivr.cli import main
from tests.bench.calls.cpu_profile import profiled

PROFILE_VARIABLE = "ANSWERBACK_BENCH_PROFILE"


def _run() -> None:
    begin = threading.Event()
    signal.signal(signal.SIGUSR1, lambda *_: begin.set())
    with profiled(begin) as spent:
        try:
            main()
        finally:
            Path(os.environ[PROFILE_VARIABLE]).write_text(json.dumps(spent))


if __name__ == "__main__":
    _run()
