"""The page on payments has every setting with its default, and its example can be used."""

from __future__ import annotations

from pathlib import Path

from ivr.settings import PaymentSettings, load_settings
from tests.unit.docs.pages import blocks, page, section, table_rows
from tests.unit.docs.test_trunks import shown

PAGE = "payments.md"


def test_every_setting_is_there_with_its_default() -> None:
    rows = table_rows(section(page(PAGE), "## Who charges"))
    written = {name.strip("`"): default for name, default, _meaning in rows}
    assert written == {name: shown(field.default) for name, field in PaymentSettings.model_fields.items()}


def test_the_examples_can_be_used(tmp_path: Path) -> None:
    file = tmp_path / "ivr.toml"
    file.write_text("\n".join(blocks(page(PAGE), "toml")), "utf-8")
    settings = load_settings(file, environment={})
    assert settings.payments.gateway == "stripe"
    assert settings.vault is not None
    assert settings.vault.webhook in settings.webhook_names
