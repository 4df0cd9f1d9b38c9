"""`ivr run` as a process: told to stop before it has begun."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from ivr.app.leadership import LEASE
from ivr.clock import utc_now
from ivr.store.sql_store import open_store

REPOSITORY = Path(__file__).parents[3]
SETTINGS = """\
[asterisk]
ari_url = "http://127.0.0.1:1"
ari_user = "nobody"
ari_password_file = "/nowhere"

[dialing]
trunk = "provider"

[[trunks]]
name = "provider"
host = "192.0.2.1"

[speech]
engines = ["silent"]

[speech.external.silent]
command = ["true", "{output}"]
"""
"""Of an engine that needs nothing installed to come as far as its lease."""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_engine_that_waits_for_another_one_to_end_can_be_stopped(
    tmp_path: Path, number: signal.Signals
) -> None:
    asyncio.run(another_engine_leads(tmp_path))
    (tmp_path / "ivr.toml").write_text(SETTINGS, "utf-8")
    log = tmp_path / "engine.jsonl"
    command = [sys.executable, "-m", "ivr", "--config", str(tmp_path / "ivr.toml"), "run", "--log", str(log)]
    environment = {**os.environ, "IVR_HOME": str(tmp_path), "PYTHONPATH": str(REPOSITORY)}
    with subprocess.Popen(command, env=environment, cwd=tmp_path, stderr=subprocess.PIPE) as engine:
        try:
            while not log.exists() or "another engine leads" not in log.read_text("utf-8"):
                assert engine.poll() is None
                time.sleep(0.05)
            engine.send_signal(number)
            assert engine.wait(10) == 0
        finally:
            engine.kill()


async def another_engine_leads(home: Path) -> None:
    until = utc_now() + timedelta(hours=1)
    async with open_store(f"sqlite:///{home / 'ivr.db'}") as store:
        await store.write(lambda tx: tx.rule_runs.take_lease(LEASE, "another", utc_now(), until))
