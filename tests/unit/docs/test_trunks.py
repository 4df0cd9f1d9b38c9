"""Every setting is documented with its default, and every example can be used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from ivr.settings import AsteriskSettings, DialingSettings, InboundSettings, Settings, load_settings
from ivr.switch.agent_queue import AgentQueue
from ivr.switch.emergency import Emergency
from ivr.switch.trunk import Softphone, Trunk
from tests.unit.docs.pages import blocks, page, section, table_rows

WHERE = {"home", "base", "file"}
"""Where things are, not what is set."""


def shown(default: object) -> str:
    """Return a default as the page shows it: TOML in backticks."""
    if default is PydanticUndefined:
        return "needed"
    if default is None:
        return "none"
    return f"`{json.dumps(default)}`"


@pytest.mark.parametrize(
    ("heading", "model"),
    [
        ("## A trunk is one block", Trunk),
        ("## Dialling", DialingSettings),
        ("## Calls that come in", InboundSettings),
        ("## A softphone as a customer", Softphone),
        ("## Agents", AgentQueue),
        ("## Emergency calls", Emergency),
        ("## An Asterisk of your own", AsteriskSettings),
    ],
)
def test_every_setting_is_there_with_its_default(heading: str, model: type[BaseModel]) -> None:
    rows = table_rows(section(page("trunks.md"), heading))
    written = {name.strip("`"): default for name, default, _meaning in rows}
    assert written == {name: shown(field.default) for name, field in model.model_fields.items()}


@pytest.mark.parametrize("example", blocks(page("trunks.md"), "toml"))
def test_every_example_can_be_used(example: str, tmp_path: Path) -> None:
    file = tmp_path / "ivr.toml"
    file.write_text(example, "utf-8")
    assert load_settings(file, environment={}) != load_settings(None, environment={})


def test_the_shipped_settings_say_the_defaults() -> None:
    shipped = load_settings(Path("config/ivr.toml"), environment={})
    plain = Settings().model_dump(exclude=WHERE)
    assert shipped.model_dump(exclude=WHERE) == plain
