"""Every command that a page tells to give is one that `ivr` knows."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer.main
from typer.core import TyperGroup

from ivr.cli import app
from tests.unit.docs.pages import ROOT, all_pages

_COMMAND = re.compile(
    r"(?:^ {4}|`)(?:sudo )?ivr ((?:[a-z-]+|--[a-z-]+)(?: (?:--)?[A-Za-z./-]+)*)", re.MULTILINE
)
ROOT_COMMAND = typer.main.get_command(app)


def unknown_in(told: str) -> str | None:
    """Return the first word or option of a command line that `ivr` does not know, None when it knows all."""
    command: Any = ROOT_COMMAND
    for word in told.split():
        if word.startswith("--"):
            if word not in {name for option in command.params for name in option.opts}:
                return word
        elif isinstance(command, TyperGroup):
            if word not in command.commands:
                return word
            command = command.commands[word]
    return None


@pytest.mark.parametrize("path", all_pages(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_is_known(path: Path) -> None:
    told = _COMMAND.findall(path.read_text("utf-8"))
    assert [line for line in told if unknown_in(line)] == []


@pytest.mark.parametrize("line", ["dance", "run --loud", "asterisk dance"])
def test_a_command_that_is_none_is_noticed(line: str) -> None:
    assert unknown_in(line)
