"""Asterisk as a process: started in a session of its own, so that calls outlive whoever started it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ivr.errors import NotRunningError, StartError, SwitchError
from ivr.switch.instance import Instance, running_pid
from ivr.switch.own_data import link_data

_POLL = 0.05
"""Seconds between two looks at a process that is starting or stopping."""
_LOG_LINES = 15
_PORT_TAKEN = "Address already in use"
"""Asterisk logs it and goes on; who asks it over that port would speak with a stranger."""
_CLI_SECONDS = 30.0
_STOP_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class SwitchStatus:
    """What `ivr asterisk status` tells."""

    running: bool
    pid: int | None = None
    version: str = ""
    uptime_seconds: int = 0
    active_calls: int = 0
    active_channels: int = 0


def start(instance: Instance, seconds: float = 60.0) -> int:
    """Start Asterisk in the background, wait until it is fully booted and return its process id.

    An instance that runs already is left alone. Raises StartError, ending with the last lines of the log.
    """
    if (pid := running_pid(instance)) is not None:
        return pid
    link_data(instance)
    begin = _size(instance.log_file)
    pid = _spawn(instance)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if _has_ended(pid):
            raise StartError(_with_log("Asterisk ended at its start", instance, begin))
        if instance.control_socket.exists() and _is_booted(instance):
            if _PORT_TAKEN not in _read_from(instance.log_file, begin):
                return pid
            _kill(pid)
            raise StartError(_with_log("somebody else listens on a port of this Asterisk", instance, begin))
        time.sleep(_POLL)
    _kill(pid)
    raise StartError(_with_log(f"Asterisk was not ready after {seconds:.0f} s", instance, begin))


def run_in_foreground(instance: Instance) -> None:
    """Become Asterisk, for a supervisor that watches its children; returns never."""
    link_data(instance)
    command = _command(instance)
    os.umask(0o077)
    os.execv(command[0], command)  # noqa: S606 (no shell is wanted)


def stop(instance: Instance, *, gracefully: bool = False, seconds: float = 20.0) -> bool:
    """Stop Asterisk and return whether it ran; raises SwitchError when it does not go.

    Gracefully means that calls which are up may end by themselves, for at most `seconds`; then they are cut.
    """
    pid = running_pid(instance)
    if pid is None:
        return False
    if not (
        (gracefully and _ended_after(instance, pid, "core stop gracefully", seconds))
        or _ended_after(instance, pid, "core stop now", _STOP_SECONDS)
    ):
        os.kill(pid, signal.SIGKILL)
        if not _wait_until_gone(instance, pid, _STOP_SECONDS):
            raise SwitchError(f"Asterisk (process {pid}) does not end; look what it waits for")
    _has_ended(pid)
    instance.pid_file.unlink(missing_ok=True)
    instance.control_socket.unlink(missing_ok=True)
    return True


def status(instance: Instance) -> SwitchStatus:
    """Ask a running Asterisk how it is; `running=False` when nobody is there."""
    pid = running_pid(instance)
    if pid is None:
        return SwitchStatus(running=False)
    calls = cli(instance, "core show channels count")
    return SwitchStatus(
        running=True,
        pid=pid,
        version=instance.installation.version,
        uptime_seconds=_number(r"System uptime: (\d+)", cli(instance, "core show uptime seconds")),
        active_calls=_number(r"(\d+) active call", calls),
        active_channels=_number(r"(\d+) active channel", calls),
    )


def cli(instance: Instance, command: str, seconds: float = _CLI_SECONDS) -> str:
    """Run one command of Asterisk's command line and return what it printed; raises NotRunningError."""
    argv = instance.installation.command("asterisk", "-C", str(instance.configuration), "-rx", command)
    try:
        done = subprocess.run(  # noqa: S603 (no shell; the command goes to Asterisk's own command line)
            argv, capture_output=True, text=True, check=False, timeout=seconds, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        raise NotRunningError(f"Asterisk did not answer {command!r} within {seconds:.0f} s") from None
    if done.returncode != 0:
        raise NotRunningError(f"no Asterisk runs in {instance.folder}; start it with `ivr asterisk start`")
    return done.stdout


def console(instance: Instance) -> None:
    """Become Asterisk's interactive command line; returns never. Raises NotRunningError."""
    if running_pid(instance) is None:
        raise NotRunningError(f"no Asterisk runs in {instance.folder}; start it with `ivr asterisk start`")
    argv = instance.installation.command("asterisk", "-C", str(instance.configuration), "-rvvv")
    os.execv(argv[0], argv)  # noqa: S606 (no shell is wanted)


def _command(instance: Instance) -> list[str]:
    return instance.installation.command("asterisk", "-C", str(instance.configuration), "-f", "-q")


def _spawn(instance: Instance) -> int:
    """Start Asterisk in a session of its own and return its process id."""
    instance.pid_file.unlink(missing_ok=True)
    instance.control_socket.unlink(missing_ok=True)
    log = instance.folder / "log/console.log"
    command = _command(instance)
    return os.posix_spawn(
        command[0],
        command,
        os.environ,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, str(log), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ],
        setsid=True,
    )


def _has_ended(pid: int) -> bool:
    """Take note of the end of a process; one that is not our child any more is somebody else's to note."""
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        return False


def _kill(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _ended_after(instance: Instance, pid: int, command: str, seconds: float) -> bool:
    with suppress(NotRunningError):
        cli(instance, command)
    return _wait_until_gone(instance, pid, seconds)


def _is_booted(instance: Instance) -> bool:
    """The command waits inside Asterisk until the last module is up."""
    try:
        return "fully booted" in cli(instance, "core waitfullybooted").lower()
    except NotRunningError:
        return False


def _wait_until_gone(instance: Instance, pid: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while running_pid(instance) is not None or _is_ending(pid):
        if time.monotonic() > deadline:
            return False
        time.sleep(_POLL)
    return True


def _is_ending(pid: int) -> bool:
    """A process that ends loses its memory, and with it its command line, before its ports are free."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
        state = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return False
    return not command and state != "Z"


def _with_log(what: str, instance: Instance, begin: int) -> str:
    """The sentence, then what Asterisk said since it was started."""
    said = _read_from(instance.folder / "log/console.log", 0) + _read_from(instance.log_file, begin)
    lines = [line for line in said.splitlines() if line.strip()][-_LOG_LINES:]
    return "\n".join([f"{what}; its last words:", *lines]) if lines else f"{what} and said nothing."


def _read_from(file: Path, begin: int) -> str:
    try:
        return file.read_bytes()[begin:].decode("utf-8", errors="replace")
    except FileNotFoundError:
        return ""


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def _number(pattern: str, text: str) -> int:
    found = re.search(pattern, text)
    return int(found[1]) if found else 0
