"""One Asterisk instance: an installation, a folder of its own, ports and passwords."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from ivr.errors import StartError
from ivr.switch.connection import SwitchConnection
from ivr.switch.credentials import CREDENTIALS_FILE, Credentials, load_or_create, write_private
from ivr.switch.file_lock import locked
from ivr.switch.install import Installation
from ivr.switch.ports import LOOPBACK, Ports, choose_ports, hold_ports
from ivr.switch.temporary_folder import temporary_folder

CEL_FILE_NAME = "events.csv"
_PORTS_FILE = "ports.json"
_SOCKET_NAME = "asterisk.ctl"
_LONGEST_SOCKET_PATH = 107
"""sockaddr_un holds 108 bytes with the closing zero (unix(7))."""


@dataclass(frozen=True, slots=True)
class Instance:
    """An Asterisk of ours, running or not."""

    installation: Installation
    folder: Path
    """Mode 0700; nothing of the instance lies elsewhere but a control socket whose path would be too long."""
    run_folder: Path
    ports: Ports
    credentials: Credentials

    @property
    def configuration(self) -> Path:
        """The file that Asterisk is started with."""
        return self.folder / "etc/asterisk.conf"

    @property
    def log_file(self) -> Path:
        """Notices, warnings and errors."""
        return self.folder / "log/messages.log"

    @property
    def security_log(self) -> Path:
        """Failed authentications and the like."""
        return self.folder / "log/security.log"

    @property
    def cel_file(self) -> Path:
        """The evidence for reconciliation, read by `ivr.switch.cel`."""
        return self.folder / "log/cel-custom" / CEL_FILE_NAME

    @property
    def media_folder(self) -> Path:
        """Prompts for this instance to play, by absolute path without the ending."""
        return self.folder / "media"

    @property
    def recording_folder(self) -> Path:
        """Where ARI recordings land."""
        return self.folder / "spool/recording"

    @property
    def data_folder(self) -> Path:
        """The installation's data, by links, and sounds of ours beside it."""
        return self.folder / "data"

    @property
    def sounds_folder(self) -> Path:
        """Where Asterisk looks for sounds that it puts together itself, by language."""
        return self.data_folder / "sounds"

    @property
    def pid_file(self) -> Path:
        """Written by Asterisk."""
        return self.run_folder / "asterisk.pid"

    @property
    def control_socket(self) -> Path:
        """Asterisk's command-line socket."""
        return self.run_folder / _SOCKET_NAME

    @property
    def sip_address(self) -> str:
        """Host and port for a SIP peer on this machine."""
        return f"{LOOPBACK}:{self.ports.sip}"

    def connection(self) -> SwitchConnection:
        """Return how the engine reaches this instance."""
        return SwitchConnection(
            ari_url=f"http://{LOOPBACK}:{self.ports.http}",
            ari_user=self.credentials.ari_user,
            ari_password=self.credentials.ari_password,
            ami_host=LOOPBACK,
            ami_port=self.ports.ami,
            ami_user=self.credentials.ami_user,
            ami_password=self.credentials.ami_password,
            cel_file=self.cel_file,
            media_folder=self.media_folder,
            recording_folder=self.recording_folder,
            sounds_folder=self.sounds_folder,
        )


def open_instance(installation: Installation, folder: Path) -> Instance:
    """Return the instance in `folder`, with the ports and passwords it has, or new ones at the first time.

    A stopped instance gets other ports when somebody else took one of its own meanwhile.
    Raises StartError when the folder can't be written.
    """
    folder = folder.resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(0o700)
        for name in ("etc", "lib/keys", "spool/recording", "log/cel-custom", "media", "run"):
            (folder / name).mkdir(parents=True, exist_ok=True, mode=0o700)
        with locked(folder / "instance.lock"):
            instance = Instance(
                installation=installation,
                folder=folder,
                run_folder=_run_folder(folder),
                ports=_load_ports(folder),
                credentials=load_or_create(folder / CREDENTIALS_FILE),
            )
            return _with_free_ports(instance)
    except OSError as error:
        raise StartError(f"{folder} could not be written: {error.strerror} ({error.filename})") from error


def running_pid(instance: Instance) -> int | None:
    """Return the process id of this instance's Asterisk, or None; a stale pid file fools nobody."""
    try:
        pid = int(instance.pid_file.read_text("ascii"))
        command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (OSError, ValueError):
        return None
    return pid if os.fsencode(instance.configuration) in command else None


def _load_ports(folder: Path) -> Ports:
    try:
        return Ports(**json.loads((folder / _PORTS_FILE).read_text("utf-8")))
    except FileNotFoundError:
        return _new_ports(folder)


def _with_free_ports(instance: Instance) -> Instance:
    held = hold_ports(instance.ports, str(instance.folder))
    if held or running_pid(instance) is not None:
        return instance
    return replace(instance, ports=_new_ports(instance.folder))


def _new_ports(folder: Path) -> Ports:
    ports = choose_ports(str(folder))
    write_private(folder / _PORTS_FILE, json.dumps(asdict(ports), indent=1) + "\n")
    return ports


def _run_folder(folder: Path) -> Path:
    """The control socket's path has a limit: deep folders get a short one in the temporary folder."""
    own = folder / "run"
    if len(os.fsencode(own / _SOCKET_NAME)) <= _LONGEST_SOCKET_PATH:
        return own
    short = temporary_folder() / hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    short.mkdir(mode=0o700, exist_ok=True)
    return short
