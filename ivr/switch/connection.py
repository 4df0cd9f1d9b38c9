"""How a running Asterisk is reached, whether we started it or somebody else did."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SwitchConnection:
    """An Asterisk to control: made by an Instance, or by the settings for one that is there already."""

    ari_url: str
    """Up to and without `/ari`: `http://127.0.0.1:8088`."""
    ari_user: str
    ari_password: str = field(repr=False)
    ami_host: str
    ami_port: int
    ami_user: str
    ami_password: str = field(repr=False)
    cel_file: Path | None
    """What `ivr.switch.cel` reads; None: uncertain attempts end as unknown."""
    media_folder: Path | None
    """A folder that both we and Asterisk see under this path; None when media must go over HTTP."""
    recording_folder: Path | None
    """Where ARI recordings land; None when they must be fetched over ARI."""
    sounds_folder: Path | None = None
    """Where it looks for sounds by language, if we may put some there."""
