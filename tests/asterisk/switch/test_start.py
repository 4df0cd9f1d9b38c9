from __future__ import annotations

import os
import signal
import socket
import stat
from pathlib import Path

import pytest

from ivr.errors import StartError
from ivr.switch import process
from ivr.switch.configuration import EngineRole, render_configuration
from ivr.switch.install import Installation
from ivr.switch.instance import Instance, open_instance, running_pid
from ivr.switch.ports import LOOPBACK
from tests.asterisk.switch.conftest import Pair

pytestmark = pytest.mark.asterisk


@pytest.mark.parametrize("name", ["engine", "carrier"])
def test_a_start_logs_no_error_and_no_warning(pair: Pair, name: str) -> None:
    instance: Instance = getattr(pair, name)
    log = instance.log_file.read_text("utf-8")
    assert [line for line in log.splitlines() if "ERROR[" in line or "WARNING[" in line] == []


def test_every_module_that_is_asked_for_runs(pair: Pair) -> None:
    asked = {
        line.removeprefix("load = ")
        for line in (pair.engine.folder / "etc/modules.conf").read_text("utf-8").splitlines()
        if line.startswith("load = ")
    }
    shown = process.cli(pair.engine, "module show").splitlines()
    running = {line.split()[0] for line in shown if " Running " in line}
    assert asked <= running


def test_modules_that_reach_the_shell_or_open_doors_are_not_loaded(pair: Pair) -> None:
    shown = process.cli(pair.engine, "module show")
    for name in (
        "app_system",
        "func_shell",
        "res_agi",
        "chan_iax2",
        "app_originate",
        "pbx_spool",
        "res_http_post",
    ):
        assert name not in shown


def test_the_status_tells_version_and_uptime(pair: Pair) -> None:
    now = process.status(pair.engine)
    assert now.running
    assert now.version == pair.engine.installation.version
    assert now.pid == running_pid(pair.engine)


def test_a_second_start_leaves_the_first_alone(pair: Pair) -> None:
    assert process.start(pair.engine) == running_pid(pair.engine)


def test_what_holds_passwords_or_calls_is_readable_by_its_owner_only(pair: Pair) -> None:
    assert stat.S_IMODE(pair.engine.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(pair.engine.control_socket.stat().st_mode) == 0o600
    assert stat.S_IMODE((pair.engine.folder / "etc/ari.conf").stat().st_mode) == 0o600


def test_it_runs_in_a_session_of_its_own_so_that_calls_outlive_us(pair: Pair) -> None:
    pid = running_pid(pair.engine)
    assert pid is not None
    assert os.getsid(pid) == pid


def test_a_deep_folder_starts_and_stops_too(installation: Installation, tmp_path: Path) -> None:
    deep = open_instance(installation, tmp_path / ("deep" * 30))
    render_configuration(deep, EngineRole())
    pid = process.start(deep)
    try:
        assert process.status(deep).pid == pid
    finally:
        assert process.stop(deep, gracefully=True)
    assert running_pid(deep) is None
    assert not deep.control_socket.exists()


def test_it_starts_again_after_it_was_killed(installation: Installation, tmp_path: Path) -> None:
    instance = open_instance(installation, tmp_path / "instance")
    render_configuration(instance, EngineRole())
    killed = process.start(instance)
    os.kill(killed, signal.SIGKILL)
    os.waitpid(killed, 0)
    assert running_pid(instance) is None
    assert process.start(instance) == running_pid(instance)
    process.stop(instance)


@pytest.mark.parametrize("port", ["sip", "http", "ami"])
def test_a_start_on_a_port_that_somebody_took_meanwhile_fails_loudly(
    installation: Installation, tmp_path: Path, port: str
) -> None:
    instance = open_instance(installation, tmp_path / "instance")
    render_configuration(instance, EngineRole())
    kind = socket.SOCK_DGRAM if port == "sip" else socket.SOCK_STREAM
    with socket.socket(socket.AF_INET, kind) as somebody:
        somebody.bind((LOOPBACK, getattr(instance.ports, port)))
        if kind == socket.SOCK_STREAM:
            somebody.listen()
        with pytest.raises(StartError, match="somebody else listens on a port of this Asterisk"):
            process.start(instance)
    assert running_pid(instance) is None
