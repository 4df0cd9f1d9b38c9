from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from ivr.errors import NotRunningError, StartError
from ivr.switch import process
from ivr.switch.install import Installation
from ivr.switch.instance import Instance, open_instance


@pytest.fixture
def broken(tmp_path: Path) -> Instance:
    """An Asterisk whose loader is a script that says a word and ends."""
    libraries = tmp_path / "broken/usr/lib/x86_64-linux-gnu"
    libraries.mkdir(parents=True)
    loader = libraries / "ld-linux.so.2"
    loader.write_text("#!/bin/sh\necho 'no such module'\nexit 1\n", "utf-8")
    loader.chmod(stat.S_IRWXU)
    return open_instance(Installation(tmp_path / "broken", "22.0.0"), tmp_path / "instance")


def test_a_start_that_fails_ends_with_what_asterisk_said(broken: Instance) -> None:
    with pytest.raises(StartError) as raised:
        process.start(broken)
    assert str(raised.value) == "Asterisk ended at its start; its last words:\nno such module"


def test_nobody_there_is_a_status_and_not_an_error(broken: Instance) -> None:
    assert process.status(broken) == process.SwitchStatus(running=False)
    assert process.stop(broken) is False


def test_a_command_to_nobody_names_the_way_to_start_it(broken: Instance) -> None:
    with pytest.raises(NotRunningError, match="start it with `ivr asterisk start`"):
        process.cli(broken, "core show version")
    with pytest.raises(NotRunningError, match="start it with `ivr asterisk start`"):
        process.console(broken)


def test_nothing_is_left_of_a_start_that_failed(broken: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    spawned: list[int] = []
    spawn = os.posix_spawn

    def spy(*arguments: Any, **options: Any) -> int:
        spawned.append(spawn(*arguments, **options))
        return spawned[-1]

    monkeypatch.setattr(os, "posix_spawn", spy)
    with pytest.raises(StartError):
        process.start(broken)
    with pytest.raises(ChildProcessError):
        os.waitpid(spawned[0], os.WNOHANG)
