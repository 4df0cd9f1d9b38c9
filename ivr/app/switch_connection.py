"""The engine's way to its Asterisk: the embedded one, or one that the settings name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ivr.app.embedded_switch import start_engine_switch
from ivr.errors import UsageError
from ivr.settings import AsteriskSettings, Settings
from ivr.switch.connection import SwitchConnection
from ivr.switch.credentials import CREDENTIALS_FILE, load_or_create
from ivr.switch.fence import fence
from ivr.switch.layout import SwitchLayout


@dataclass(frozen=True, slots=True)
class Fenced:
    """A connection, and whether earlier engines were cut off at the switch."""

    connection: SwitchConnection
    is_fenced: bool
    """False at an Asterisk whose users are not ours to change: there, no uncertain attempt is redialled."""


def connect_switch(settings: Settings, epoch: int) -> Fenced:
    """Return the switch for the owner of `epoch`; the embedded one is started, earlier owners are cut off."""
    if settings.asterisk.ari_url is not None:
        return Fenced(_external(settings.asterisk), is_fenced=False)
    return Fenced(fence(start_engine_switch(settings), epoch).connection(), is_fenced=True)


def seen_epoch(settings: Settings) -> int:
    """Return the highest epoch that the switch has seen; 0 for a switch that knows none."""
    file = SwitchLayout(settings.home).engine / CREDENTIALS_FILE
    if settings.asterisk.ari_url is not None or not file.exists():
        return 0
    return load_or_create(file).epoch


def _external(asterisk: AsteriskSettings) -> SwitchConnection:
    if not asterisk.ari_url or not asterisk.ari_user:
        raise UsageError("[asterisk] names an ari_url without ari_user; give both, or neither")
    return SwitchConnection(
        ari_url=asterisk.ari_url,
        ari_user=asterisk.ari_user,
        ari_password=_secret(asterisk.ari_password_file, "ari_password_file"),
        ami_host=asterisk.ami_host or "127.0.0.1",
        ami_port=asterisk.ami_port,
        ami_user=asterisk.ami_user or "",
        ami_password=_secret(asterisk.ami_password_file, "ami_password_file") if asterisk.ami_user else "",
        cel_file=asterisk.cel_file,
        media_folder=None,
        recording_folder=asterisk.recording_folder,
    )


def _secret(file: Path | None, name: str) -> str:
    if file is None:
        raise UsageError(f"[asterisk] lacks {name}; name a file that holds the password")
    try:
        return file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise UsageError(f"[asterisk] {name} {file} can't be read: {error.strerror}") from None
