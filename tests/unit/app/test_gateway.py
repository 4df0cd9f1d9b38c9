"""The gateway is the one of the settings, and its key is for nobody else's eyes."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.app.gateway import open_gateway, read_key
from ivr.errors import UsageError
from ivr.gateways.sandbox import SandboxGateway
from ivr.gateways.stripe_gateway import StripeGateway
from ivr.settings import load_settings

KEY = "sk_test_1234"


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    file = tmp_path / "stripe.key"
    file.write_text(f"{KEY}\n")
    file.chmod(0o600)
    return file


async def test_without_a_word_of_it_no_money_is_moved(tmp_path: Path) -> None:
    async with open_gateway(load_settings(None, {"IVR_HOME": str(tmp_path)})) as gateway:
        assert isinstance(gateway, SandboxGateway)


async def test_stripe_is_used_where_it_is_named(key_file: Path) -> None:
    payments = {"gateway": "stripe", "key_file": str(key_file)}
    async with open_gateway(load_settings(None, {}, {"payments": payments})) as gateway:
        assert isinstance(gateway, StripeGateway)


def test_a_key_is_read_without_the_line_end(key_file: Path) -> None:
    assert read_key(key_file) == KEY


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_a_key_that_others_can_read_is_refused(key_file: Path, mode: int) -> None:
    key_file.chmod(mode)
    with pytest.raises(UsageError, match="can be read by others; say: chmod 600"):
        read_key(key_file)


def test_what_is_no_key_is_refused_and_not_repeated(key_file: Path) -> None:
    key_file.write_text("pk_test_1234")
    with pytest.raises(UsageError, match="holds no secret key") as caught:
        read_key(key_file)
    assert "pk_test" not in str(caught.value)


def test_a_key_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="can't be read"):
        read_key(tmp_path / "nothing")
