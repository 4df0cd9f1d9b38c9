"""The gateway is the one of the settings, and its key is for nobody else's eyes."""

from __future__ import annotations

from pathlib import Path

import pytest
from aiohttp import ClientSession

from ivr.app.gateway import notices_of, open_gateway, read_key
from ivr.errors import ContentError
from ivr.gateways.sandbox import SandboxGateway
from ivr.gateways.stripe_gateway import StripeGateway
from ivr.settings import Settings, load_settings

KEY = "sk_test_1234"


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    file = tmp_path / "stripe.key"
    file.write_text(f"{KEY}\n")
    file.chmod(0o600)
    return file


def with_key(file: Path, **more: str) -> Settings:
    """Return settings that name a file with Stripe's key."""
    return load_settings(None, {}, {"payments": {"gateway": "stripe", "key_file": str(file), **more}})


def with_events(key_file: Path, secret: Path, **sections: object) -> Settings:
    """Return settings that name a file with what signs events, and serve pages if not told otherwise."""
    payments = {"gateway": "stripe", "key_file": str(key_file), "events_key_file": str(secret)}
    pages = {"web": {"enabled": True}, "messages": {"link_base": "https://bank.test/l"}}
    return load_settings(None, {}, {"payments": payments, **pages, **sections})


async def test_without_a_word_of_it_no_money_is_moved(tmp_path: Path) -> None:
    async with open_gateway(load_settings(None, {"IVR_HOME": str(tmp_path)})) as gateway:
        assert isinstance(gateway, SandboxGateway)


async def test_stripe_is_used_where_it_is_named(key_file: Path) -> None:
    async with open_gateway(with_key(key_file)) as gateway:
        assert isinstance(gateway, StripeGateway)


def test_a_key_is_read_without_the_line_end(key_file: Path) -> None:
    assert read_key(with_key(key_file)) == KEY


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_a_key_that_others_can_read_is_refused(key_file: Path, mode: int) -> None:
    key_file.chmod(mode)
    with pytest.raises(ContentError, match="can be read by others; say: chmod 600"):
        read_key(with_key(key_file))


def test_what_is_no_key_is_refused_and_not_repeated(key_file: Path) -> None:
    key_file.write_text("pk_test_1234")
    with pytest.raises(ContentError, match="holds no secret key") as caught:
        read_key(with_key(key_file))
    assert "pk_test" not in str(caught.value)


def test_a_key_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="can't be read"):
        read_key(with_key(tmp_path / "nothing"))


async def test_the_sandbox_serves_its_pages_where_links_lead_to_them(tmp_path: Path) -> None:
    messages = {"link_base": "https://bank.test/l"}
    settings = load_settings(None, {"IVR_HOME": str(tmp_path)}, {"messages": messages})
    async with open_gateway(settings) as gateway, ClientSession() as session:
        assert gateway.pages_at.startswith("http://127.0.0.1:")
        async with session.get(f"{gateway.pages_at}/pay/nobodys") as answer:
            assert answer.status == 404


def test_a_key_that_is_no_text_is_told(key_file: Path) -> None:
    key_file.write_bytes(b"\xff\xfe")
    with pytest.raises(ContentError, match=r"payments.key_file: .* can't be read \(it is no text\)"):
        read_key(with_key(key_file))


def test_without_a_word_of_it_nobody_is_listened_to(key_file: Path) -> None:
    assert notices_of(with_key(key_file)) is None


def test_what_signs_events_is_a_signing_secret(key_file: Path, tmp_path: Path) -> None:
    secret = tmp_path / "events.key"
    secret.write_text("whsec_1234\n")
    secret.chmod(0o644)
    settings = with_events(key_file, secret)
    with pytest.raises(ContentError, match=r"events_key_file: .* can be read by others"):
        notices_of(settings)
    secret.chmod(0o600)
    assert notices_of(settings) is not None
    for written, wrong in ((KEY.encode(), "holds no signing secret"), (b"\xff\xfe", "it is no text")):
        secret.write_bytes(written)
        with pytest.raises(ContentError, match=wrong) as caught:
            notices_of(settings)
        assert KEY not in str(caught.value)


@pytest.mark.parametrize("without", [{"web": {"enabled": False}}, {"messages": {}}])
def test_events_that_could_not_come_are_told(
    key_file: Path, tmp_path: Path, without: dict[str, object]
) -> None:
    secret = tmp_path / "events.key"
    secret.touch(0o600)
    secret.write_text("whsec_1234\n")
    with pytest.raises(ContentError, match="there are no such pages; set enabled in"):
        notices_of(with_events(key_file, secret, **without))
