"""Clients of the API come with tokens that nobody else can read, or the engine does not start."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.app.running_engine import running_engine
from ivr.app.web import read_clients, web_access
from ivr.engine.content import Contents
from ivr.errors import ContentError
from ivr.settings import Settings, load_settings
from ivr.store.sql_store import SqlStore
from ivr.web.access import Role, digest_of

BEARER = "0123456789abcdef0123456789abcdef"
CLIENT = '[[api_clients]]\nname = "{0}"\ntoken_file = "{0}.token"\nroles = ["agent"]\n'


def settings(folder: Path, *names: str) -> Settings:
    config = folder / "config" / "ivr.toml"
    config.parent.mkdir()
    config.write_text("[web]\nenabled = true\n" + "".join(CLIENT.format(name) for name in names), "utf-8")
    return load_settings(config, {})


def with_token(folder: Path, name: str, token: bytes, mode: int = 0o600) -> None:
    file = folder / f"{name}.token"
    file.touch(mode=mode)
    file.chmod(mode)
    file.write_bytes(token)


def test_a_client_has_its_name_its_roles_and_a_hash_of_its_token(tmp_path: Path) -> None:
    with_token(tmp_path, "crm", f"{BEARER}\n".encode())
    [client] = read_clients(settings(tmp_path, "crm"))
    assert (client.name, client.roles) == ("crm", frozenset({Role.AGENT}))
    assert client.token_digest == digest_of(BEARER)
    assert BEARER not in repr(client)


def test_every_token_that_can_t_be_used_is_told_at_once(tmp_path: Path) -> None:
    with_token(tmp_path, "open", BEARER.encode(), mode=0o640)
    with_token(tmp_path, "short", b"abc")
    with_token(tmp_path, "words", b"correct horse battery staple correct")
    with pytest.raises(ContentError) as caught:
        read_clients(settings(tmp_path, "open", "short", "words", "gone"))
    told = str(caught.value)
    assert "ivr.toml:5: api_clients.0.token_file: others may read" in told
    assert told.count("holds no token; make one with: openssl rand -hex 32.") == 2
    assert "gone.token can't be read (No such file or directory)" in told
    assert BEARER not in told


def test_two_clients_with_one_token_are_told(tmp_path: Path) -> None:
    for name in ("crm", "other"):
        with_token(tmp_path, name, BEARER.encode())
    with pytest.raises(ContentError, match="two clients have the same token"):
        read_clients(settings(tmp_path, "crm", "other"))


def test_an_api_that_nobody_could_use_is_told(tmp_path: Path) -> None:
    with pytest.raises(
        ContentError, match=r"web.enabled: nobody could use the API; write an \[\[api_clients"
    ):
        read_clients(settings(tmp_path))


def with_payments(folder: Path, *, web: str = "true") -> Settings:
    """Return settings with a client whose token can't be used, and a secret of events that is none."""
    with_token(folder, "crm", b"abc")
    with_token(folder, "stripe", b"sk_test_1234")
    with_token(folder, "events", b"sk_test_1234")
    config = folder / "config" / "ivr.toml"
    config.parent.mkdir()
    config.write_text(
        f"[web]\nenabled = {web}\n[messages]\nlink_base = 'https://bank.test/l'\n[payments]\n"
        "gateway = 'stripe'\nkey_file = 'stripe.token'\nevents_key_file = 'events.token'\n"
        + CLIENT.format("crm"),
        "utf-8",
    )
    return load_settings(config, {"IVR_HOME": str(folder / "home")})


def test_tokens_and_what_signs_events_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        web_access(with_payments(tmp_path))
    assert [problem.field for problem in caught.value.problems] == [
        "payments.events_key_file",
        "api_clients.0.token_file",
    ]


def test_where_nothing_is_served_nobody_is_listened_to(tmp_path: Path) -> None:
    assert web_access(load_settings(None, {"IVR_HOME": str(tmp_path)})) is None
    with pytest.raises(ContentError, match=r"ivr.toml:8: payments.events_key_file: .* no such pages"):
        web_access(with_payments(tmp_path, web="false"))


async def test_the_engine_takes_no_lease_before_it_has_read_them(tmp_path: Path) -> None:
    async def too_late(_store: SqlStore) -> Contents:
        raise AssertionError("the store is open already")

    with pytest.raises(ContentError, match="events_key_file"):
        async with running_engine(with_payments(tmp_path), too_late):
            raise AssertionError("it runs")
