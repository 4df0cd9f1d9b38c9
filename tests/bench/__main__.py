"""`make bench`: every benchmark, one after another. Options are handed on to each.

Standard output gets one JSON object: the figures of each benchmark by its name.
"""

from __future__ import annotations

import json
import subprocess
import sys

BENCHMARKS = ("calls", "store")


def main() -> None:
    """Run all and print; ends with a benchmark's own status when one fails."""
    found = {}
    for name in BENCHMARKS:
        command = [sys.executable, "-m", f"tests.bench.{name}", "--json"]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
        if done.returncode:
            sys.exit(done.returncode)
        found[name] = json.loads(done.stdout)
    json.dump(found, sys.stdout)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
