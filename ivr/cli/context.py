"""What every command shares: the settings, and how it speaks."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, is_dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

if TYPE_CHECKING:
    from ivr.errors import Problem
    from ivr.settings import Settings

JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object on standard output.")]

ui = Console(stderr=True)
"""Progress, tables and sentences go to standard error, so that standard output stays for results."""


class Invocation:
    """One run of the command: where its settings come from. They are read only when a command needs them."""

    def __init__(self, config: Path | None, home: Path | None = None) -> None:
        self._config = config
        self._home = home

    @property
    def words(self) -> Sequence[str]:
        """The command's name with the options that were given before the sub-command, to run it again."""
        options = {"--config": self._config, "--home": self._home}
        return ("ivr", *(word for name, path in options.items() if path for word in (name, str(path))))

    @cached_property
    def settings(self) -> Settings:
        """The settings; raises ContentError."""
        from ivr.settings import load_settings

        return load_settings(self._config or default_config(), os.environ)

    def read_settings(self) -> tuple[Settings | None, Sequence[Problem]]:
        """Return what can be used of the settings, and all that is wrong with them."""
        from ivr.settings import read_settings

        return read_settings(self._config or default_config(), os.environ)


def default_config() -> Path | None:
    """Return `config/ivr.toml` of the folder we are in, if there is one."""
    here = Path("config/ivr.toml")
    return here if here.is_file() else None


def invocation(context: typer.Context) -> Invocation:
    """Return this run's Invocation from typer's context."""
    found = context.find_object(Invocation)
    if found is None:
        raise RuntimeError("the command was started without its callback")
    return found


def user_name() -> str:
    """Return who runs the command, as the system knows them: it is written down with what they decide."""
    import getpass

    return getpass.getuser()


def print_json(value: object) -> None:
    """Print one JSON object on standard output."""
    data: object = asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
    typer.echo(json.dumps(data, default=_plain, ensure_ascii=False))


def _plain(value: Any) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
