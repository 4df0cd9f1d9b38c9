"""`[asterisk]`."""

from __future__ import annotations

from pathlib import Path

from ivr.settings.section import Section


class AsteriskSettings(Section):
    """An Asterisk that is there already; leave it all out for the embedded one."""

    ari_url: str | None = None
    ari_user: str | None = None
    ari_password_file: Path | None = None
    ami_host: str | None = None
    ami_port: int = 5038
    ami_user: str | None = None
    ami_password_file: Path | None = None
    sip_address: str = "127.0.0.1"
    """Of the embedded one: the address of this machine for SIP; 0.0.0.0 for trunks and phones elsewhere."""
    cel_file: Path | None = None
    """Readable CEL log; without it, calls whose end nobody saw end as `unknown`."""
    recording_folder: Path | None = None
    """Where it records, as this machine sees that folder; without it nobody's voice can be recorded."""
    debian_mirror: str | None = None
    """Where the embedded Asterisk is fetched from when the machine's own apt sources name no Debian."""
    debian_keyring: Path | None = None
