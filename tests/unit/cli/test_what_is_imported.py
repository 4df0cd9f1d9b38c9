"""A command begins fast: it imports what it needs when it runs, and nothing that only others need."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.golden.golden import ROOT

CONTENT = ROOT / "tests" / "golden" / "content"
FOR_CALLS = {
    "aiohttp",
    "alembic",
    "apscheduler",
    "fastapi",
    "numpy",
    "soundfile",
    "sqlalchemy",
    "stripe",
    "uvicorn",
}
FOR_CONTENT = {"babel", "jinja2", "phonenumbers", "yaml"}
FOR_SETTINGS = {"ivr.settings"}
FOR_OPTIONS = {
    "ivr",
    "ivr.accounts",
    "ivr.accounts.hold",  # the kinds that `ivr holds place` takes
    "ivr.clock",
    "ivr.errors",
    "ivr.flows",
    "ivr.flows.player",
    "ivr.flows.player.moves",  # how keys are written, in the help of `ivr flows play`
}
"""All of ours but `ivr.cli` that is imported to know every command with its options."""
TELLS_MODULES = """
import sys
from ivr.cli import app
try:
    app(sys.argv[1:])
finally:
    print(*sys.modules, sep="\\n")
"""


def imported_by(home: Path, *words: str) -> set[str]:
    """Return all modules of a fresh process after it has run a command."""
    content = {
        "IVR_CONTENT__FLOWS": f"{CONTENT / 'dialplans' / 'flows'}",
        "IVR_CONTENT__PROMPTS": f"{CONTENT / 'prompts'}",
    }
    done = subprocess.run(
        [sys.executable, "-c", TELLS_MODULES, *words],
        cwd=ROOT,
        env={**os.environ, **content, "IVR_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    modules = set(done.stdout.splitlines())
    assert "ivr.cli" in modules, done.stderr
    return modules


@pytest.mark.parametrize(
    ("words", "needless"),
    [
        (("--help",), FOR_CALLS | FOR_CONTENT | FOR_SETTINGS | {"asyncio", "getpass", "structlog"}),
        (("demo", "--help"), FOR_CALLS | FOR_CONTENT | FOR_SETTINGS),
        (("asterisk", "status"), FOR_CALLS | {"babel"}),
        (("flows", "check"), FOR_CALLS),
    ],
    ids=["the help", "a help", "the switch", "the flows"],
)
def test_a_command_imports_nothing_that_only_others_need(
    words: tuple[str, ...], needless: set[str], tmp_path: Path
) -> None:
    assert imported_by(tmp_path, *words) & needless == set()


def test_no_command_imports_at_its_top_what_none_of_its_options_needs(tmp_path: Path) -> None:
    modules = imported_by(tmp_path, "--help")
    ours = {module for module in modules if module.partition(".")[0] == "ivr"}
    others = {module for module in ours if module.split(".")[:2] != ["ivr", "cli"]}
    assert others == FOR_OPTIONS
