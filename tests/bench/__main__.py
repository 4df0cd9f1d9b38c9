"""`make bench`: every benchmark, one after another, or those named: `make bench ARGS='store --json'`.

With `--json` standard output gets nothing but one object: the figures of each benchmark by its name. Options
of one benchmark are for `make bench-NAME`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence

BENCHMARKS = ("calls", "soak", "store", "flows")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run them and print; ends with a benchmark's own status when one fails."""
    options = _options(arguments)
    found = {name: _figures_of(name) for name in options.benchmarks or BENCHMARKS}
    sys.stdout.write(json.dumps(found) + "\n" if options.json else "".join(_lines(found)))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench ARGS='…'", description=__doc__)
    parser.add_argument("benchmarks", nargs="*", type=_known, metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--json", action="store_true", help="print one JSON object on standard output")
    return parser.parse_args(arguments)


def _known(name: str) -> str:
    if name not in BENCHMARKS:
        raise argparse.ArgumentTypeError(f"no benchmark is called {name!r}; use {', '.join(BENCHMARKS)}")
    return name


def _figures_of(name: str) -> Mapping[str, object]:
    command = [sys.executable, "-m", f"tests.bench.{name}", "--json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if done.returncode:
        sys.exit(done.returncode)
    figures: Mapping[str, object] = json.loads(done.stdout)
    return figures


def _lines(found: Mapping[str, Mapping[str, object]]) -> list[str]:
    return [
        f"{name} {figure}: {value}\n" for name, figures in found.items() for figure, value in figures.items()
    ]


if __name__ == "__main__":
    main()
