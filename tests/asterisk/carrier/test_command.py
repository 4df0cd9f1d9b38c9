"""`ivr carrier start` and `stop`, as a person types them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.asterisk_pair import REPOSITORY

pytestmark = pytest.mark.asterisk

COMMAND = (
    "import sys, typer; from ivr.cli import carrier; from ivr.cli.context import Invocation;"
    "root = typer.Typer(); root.add_typer(carrier.app, name='carrier');"
    "root.callback()(lambda: None); root(obj=Invocation(None))"
)


@pytest.fixture
def home(ivr_home: Path, tmp_path: Path) -> Path:
    """A data folder of its own with the Asterisk that is installed already."""
    (tmp_path / "asterisk").mkdir()
    (tmp_path / "asterisk" / "root").symlink_to(ivr_home / "asterisk" / "root")
    return tmp_path


def command(home: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, "carrier", *arguments],
        cwd=REPOSITORY,
        env={**os.environ, "IVR_HOME": str(home), "PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_people_live_until_the_command_is_ended_and_the_network_until_it_is_stopped(home: Path) -> None:
    started = command(home, "start")
    try:
        assert started.stderr is not None
        for line in started.stderr:
            if "have telephones" in line:
                break
        else:
            pytest.fail("nobody moved in")
    finally:
        started.send_signal(signal.SIGTERM)
        started.communicate(timeout=20)
        stopped = command(home, "stop", "--json")
        told, _ = stopped.communicate(timeout=40)
    assert started.returncode == 0
    assert told.strip() == '{"stopped": true}'
