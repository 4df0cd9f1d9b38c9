from __future__ import annotations

import os
import socket
import stat
from pathlib import Path

import pytest

from ivr.errors import StartError
from ivr.switch.install import Installation
from ivr.switch.instance import Instance, open_instance, running_pid
from ivr.switch.ports import LOOPBACK


def test_the_folder_is_its_owners_alone(instance: Instance) -> None:
    assert stat.S_IMODE(instance.folder.stat().st_mode) == 0o700


def test_opened_again_it_has_the_same_ports_and_passwords(instance: Instance) -> None:
    assert open_instance(instance.installation, instance.folder) == instance


def test_a_stopped_instance_moves_away_from_a_port_that_somebody_took(instance: Instance) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as somebody:
        somebody.bind((LOOPBACK, instance.ports.sip))
        moved = open_instance(instance.installation, instance.folder)
    assert moved.ports != instance.ports
    assert open_instance(instance.installation, instance.folder).ports == moved.ports


def test_the_connection_holds_what_an_engine_needs_and_shows_no_password(instance: Instance) -> None:
    connection = instance.connection()
    assert connection.ari_url == f"http://127.0.0.1:{instance.ports.http}"
    assert connection.ari_user == "engine-0"
    assert connection.cel_file == instance.folder / "log/cel-custom/events.csv"
    assert connection.ari_password not in repr(connection)
    assert connection.ami_password not in repr(instance)


def test_a_deep_folder_gets_a_control_socket_whose_path_is_short_enough(
    installation: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    deep = open_instance(installation, tmp_path / ("d" * 100) / "engine")
    assert len(os.fsencode(deep.run_folder)) < len(os.fsencode(deep.folder))
    assert stat.S_IMODE(deep.run_folder.parent.stat().st_mode) == 0o700


def test_a_short_folder_that_others_can_enter_is_refused(
    installation: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    (tmp_path / f"answerback-{os.getuid()}").mkdir(mode=0o755)
    with pytest.raises(StartError, match="is not ours alone; remove it"):
        open_instance(installation, tmp_path / ("d" * 100) / "engine")


def test_a_stale_pid_file_is_not_taken_for_a_running_asterisk(instance: Instance) -> None:
    instance.pid_file.write_text(str(os.getpid()), "ascii")
    assert running_pid(instance) is None
    instance.pid_file.write_text("rubbish", "ascii")
    assert running_pid(instance) is None


def test_a_folder_that_cannot_be_written_is_a_sentence(installation: Installation, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StartError, match="could not be written"):
        open_instance(installation, tmp_path / "file/engine")
