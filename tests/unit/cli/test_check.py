"""`ivr check`, as people and scripts call it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from ivr.cli import app
from ivr.errors import ContentError
from tests.golden.golden import ROOT


@pytest.fixture(autouse=True)
def in_the_repository(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("IVR_HOME", str(tmp_path / "home"))


def told_of(monkeypatch: pytest.MonkeyPatch, **settings: str) -> str:
    """Check with these settings, and return what is wrong with them."""
    for name, value in settings.items():
        monkeypatch.setenv(f"IVR_{name.upper()}", value)
    with pytest.raises(ContentError) as caught:
        CliRunner().invoke(app, ["check"], catch_exceptions=False)
    return str(caught.value)


def secret(file: Path, text: bytes) -> str:
    """Write a file that nobody else may read."""
    file.touch(0o600)
    file.write_bytes(text)
    return str(file)


@pytest.mark.parametrize(
    ("signs", "web", "wrong"),
    [
        (b"sk_test_1234", "true", "holds no signing secret"),
        (b"\xff\xfe", "true", "can't be read (it is no text)"),
        (b"whsec_1234", "false", "there are no such pages"),
    ],
)
def test_what_signs_events_is_checked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, signs: bytes, web: str, wrong: str
) -> None:
    told = told_of(
        monkeypatch,
        web__enabled=web,
        messages__link_base="https://bank.test/l",
        payments__gateway="stripe",
        payments__key_file=secret(tmp_path / "stripe.key", b"sk_test_1234"),
        payments__events_key_file=secret(tmp_path / "events.key", signs),
    )
    assert "payments.events_key_file: " in told
    assert wrong in told


def test_the_providers_key_is_checked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    key_file = secret(tmp_path / "stripe.key", b"pk_test_1234")
    told = told_of(monkeypatch, payments__gateway="stripe", payments__key_file=key_file)
    assert "payments.key_file: " in told
    assert "holds no secret key" in told
    assert "pk_test" not in told


def test_tokens_of_the_api_are_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "web.enabled: nobody could use the API" in told_of(monkeypatch, web__enabled="true")
