"""The demo as people start it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ivr.switch.install import present_installation
from ivr.switch.instance import open_instance, running_pid
from ivr.switch.layout import SwitchLayout
from tests.asterisk_pair import REPOSITORY, ivr_home

__all__ = ["ivr_home"]

pytestmark = [pytest.mark.asterisk, pytest.mark.full, pytest.mark.timeout(300)]

COMMAND = [sys.executable, "-m", "ivr", "demo", "--json"]


@pytest.fixture
def home(ivr_home: Path, tmp_path: Path) -> Path:
    """A data folder of its own, on the programs and the speech that are there already."""
    here, there = SwitchLayout(tmp_path), SwitchLayout(ivr_home)
    links = {here.asterisk_root: there.asterisk_root, here.espeak_root: there.espeak_root}
    (ivr_home / "speech").mkdir(exist_ok=True)
    for link, target in {**links, tmp_path / "speech": ivr_home / "speech"}.items():
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(target)
    return tmp_path


def environment(home: Path) -> dict[str, str]:
    return {**os.environ, "IVR_HOME": str(home), "PYTHONPATH": str(REPOSITORY)}


def running(home: Path) -> list[int]:
    """Return the process ids of the demo's Asterisks."""
    layout = SwitchLayout(home / "demo")
    installation = present_installation(layout.asterisk_root)
    pids = [running_pid(open_instance(installation, folder)) for folder in (layout.engine, layout.carrier)]
    return [pid for pid in pids if pid is not None]


def test_sixty_customers_are_called_and_the_people_confirm_it(home: Path) -> None:
    done = subprocess.run(
        COMMAND, env=environment(home), cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    told = json.loads(done.stdout)
    assert (told["mismatches"], told["duplicates"], told["lost"]) == (0, 0, 0), told["contradictions"]
    assert done.returncode == 0, done.stderr
    assert told["customers"] == 60
    assert told["attempts"] >= told["answered"] >= 40
    wanted = {"payment", "promise_to_pay", "agent_handled", "do_not_call", "wrong_party", "hung_up"}
    assert wanted < set(told["by_disposition"])
    assert running(home) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_demo_that_is_broken_off_leaves_nothing_running(home: Path, number: signal.Signals) -> None:
    with subprocess.Popen(
        COMMAND,
        env=environment(home),
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as started:
        assert started.stderr is not None
        # The first counts are written when calls are placed.
        for line in started.stderr:
            if "dialled" in line:
                break
        assert len(running(home)) == 2
        started.send_signal(number)
        stdout, _ = started.communicate(timeout=60)
    assert (started.returncode, stdout) == (130, "")
    assert running(home) == []
