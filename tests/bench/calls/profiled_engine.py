"""`ivr` with a profile of its processor time: python -m tests.bench.calls.profiled_engine, then as `ivr`.

Writes JSON to the file that ANSWERBACK_PROFILE names.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from ivr.cli import main
from tests.bench.calls.cpu_profile import profiled

PROFILE_VARIABLE = "ANSWERBACK_PROFILE"

if __name__ == "__main__":
    with profiled() as profile:
        try:
            main()
        finally:
            found = {"by_part": dict(profile.by_part), "by_function": dict(profile.by_function)}
            Path(os.environ[PROFILE_VARIABLE]).write_text(json.dumps(found, indent=1))
