"""Names and passwords of one Asterisk instance, made at its first start and kept in a file of mode 0600."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

_BYTES = 24


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who may control the instance. The ARI user changes with the epoch of the engine that owns it."""

    epoch: int
    ari_password: str = field(repr=False)
    ami_password: str = field(repr=False)
    ami_user: str = "answerback"

    @property
    def ari_user(self) -> str:
        """The user of this epoch's owner."""
        return f"engine-{self.epoch}"


CREDENTIALS_FILE = "credentials.json"
"""In an instance's folder."""


def load_or_create(file: Path) -> Credentials:
    """Return the credentials in `file`, making new ones when it is not there."""
    try:
        return Credentials(**json.loads(file.read_text("utf-8")))
    except FileNotFoundError:
        made = Credentials(0, secrets.token_urlsafe(_BYTES), secrets.token_urlsafe(_BYTES))
        save(made, file)
        return made


def for_next_owner(credentials: Credentials, epoch: int) -> Credentials:
    """Return credentials whose ARI user only the owner of `epoch` knows."""
    return replace(credentials, epoch=epoch, ari_password=secrets.token_urlsafe(_BYTES))


def save(credentials: Credentials, file: Path) -> None:
    """Put `credentials` into `file`, whole or not at all, readable by its owner only."""
    write_private(file, json.dumps(asdict(credentials), indent=1) + "\n")


def write_private(file: Path, text: str) -> None:
    """Replace `file` by `text` in one step, mode 0600 from the first byte."""
    part = file.with_name(f".{file.name}.part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as output:
        output.write(text)
    part.replace(file)
