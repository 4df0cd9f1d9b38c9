"""A key that charges real cards is refused while people are simulated."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ivr.app.live_money import live_money_problem, refuse_live_money
from ivr.errors import UsageError
from ivr.settings import Settings

TRUNK = {"name": "provider", "host": "127.0.0.1", "numbers": ["+12025550100"]}


def settings(folder: Path, key: str | None, **sections: Any) -> Settings:
    if key is not None:
        file = folder / "stripe.key"
        file.write_text(key, "utf-8")
        file.chmod(0o600)
        sections["payments"] = {"gateway": "stripe", "key_file": file}
    return Settings.model_validate({"home": folder, "base": folder, **sections})


@pytest.mark.parametrize("key", ["sk_live_1234", "rk_live_1234", "sk_1234"])
def test_a_live_key_before_the_go_live_is_refused_with_a_sentence(tmp_path: Path, key: str) -> None:
    found = live_money_problem(settings(tmp_path, key), is_live=False)
    assert found is not None
    assert found.field == "payments.key_file"
    assert "not live yet" in found.wrong
    assert "test key" in found.right
    assert key not in f"{found}"
    with pytest.raises(UsageError, match="not live yet; put a test key there"):
        refuse_live_money(settings(tmp_path, key), is_live=False)


def test_a_live_key_and_the_simulated_network_are_refused_after_it_too(tmp_path: Path) -> None:
    found = live_money_problem(settings(tmp_path, "sk_live_1234"), is_live=True)
    assert found is not None
    assert "simulated" in found.wrong


def test_a_live_key_and_a_trunk_after_the_go_live_are_right(tmp_path: Path) -> None:
    dialing = {"trunk": "provider"}
    assert live_money_problem(settings(tmp_path, "sk_live_1", dialing=dialing), is_live=True) is None


@pytest.mark.parametrize("key", ["sk_test_1234", "rk_test_1234", None])
@pytest.mark.parametrize("is_live", [True, False])
def test_a_test_key_and_the_sandbox_move_nothing_and_are_right(
    tmp_path: Path, key: str | None, is_live: bool
) -> None:
    refuse_live_money(settings(tmp_path, key), is_live=is_live)
