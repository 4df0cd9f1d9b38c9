"""`ivr asterisk start`, `status` and `stop`, as a person types them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ivr.switch.install import Installation
from ivr.switch.layout import SwitchLayout
from tests.asterisk_pair import REPOSITORY

pytestmark = pytest.mark.asterisk

SETTINGS = """\
[dialing]
trunk = "provider"

[[trunks]]
name = "provider"
host = "127.0.0.1"
port = 5099
username = "account"
password_file = "{password}"

[[queues]]
name = "collections"
"""


class Command:
    """The command with a data folder and settings of its own."""

    def __init__(self, folder: Path) -> None:
        self._settings = folder / "ivr.toml"
        password = folder / "password"
        password.write_text("secret", "utf-8")
        self._settings.write_text(SETTINGS.format(password=password), "utf-8")
        self._environment = {**os.environ, "IVR_HOME": str(folder), "PYTHONPATH": str(REPOSITORY)}

    def __call__(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "ivr", "--config", str(self._settings), "asterisk", *words]
        return subprocess.run(
            command, env=self._environment, cwd=REPOSITORY, capture_output=True, text=True, check=False
        )

    def told(self, *words: str) -> dict[str, Any]:
        done = self(*words, "--json")
        data: dict[str, Any] = json.loads(done.stdout)
        return data


@pytest.fixture
def asterisk(installation: Installation, tmp_path: Path) -> Iterator[Command]:
    root = SwitchLayout(tmp_path).asterisk_root
    root.parent.mkdir(parents=True)
    root.symlink_to(installation.root)
    command = Command(tmp_path)
    yield command
    command("stop")


def test_it_is_started_looked_at_and_stopped(asterisk: Command) -> None:
    started = asterisk.told("start")
    assert started["running"]
    assert started["active_calls"] == 0

    status = asterisk.told("status")
    assert (status["pid"], status["version"]) == (started["pid"], started["version"])
    [registration], [queue] = status["registrations"], status["queues"]
    assert registration["name"].startswith("provider")
    assert registration["state"] != "Registered", "nobody is there to register with"
    assert (queue["name"], queue["agents_available"], queue["callers"]) == ("collections", 0, 0)

    shown = asterisk("status")
    assert shown.returncode == 0
    assert "queue collections" in shown.stderr

    assert asterisk.told("stop") == {"stopped": True}
    assert asterisk("status").returncode == 1
