"""Nobody may what the table does not name, and a token is the whole token."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.web.access import ALLOWED, Action, ApiClient, Role, client_by_token, digest_of

CRM = ApiClient("crm", frozenset({Role.AGENT}), digest_of("0123456789abcdef0123456789abcdef"))
OTHER = ApiClient("other", frozenset({Role.ADMIN}), digest_of("fedcba9876543210fedcba9876543210"))


def test_every_role_is_in_the_table() -> None:
    assert set(ALLOWED) == set(Role)


def test_without_a_role_nothing_is_allowed() -> None:
    nobody = ApiClient("nobody", frozenset(), b"")
    assert not any(nobody.may(action) for action in Action)


@pytest.mark.parametrize("scheme", ["Bearer", "bearer"])
def test_a_token_leads_to_its_client(scheme: str) -> None:
    assert client_by_token([CRM, OTHER], f"{scheme} 0123456789abcdef0123456789abcdef") is CRM
    assert client_by_token([CRM, OTHER], f"{scheme} fedcba9876543210fedcba9876543210") is OTHER


@given(st.text())
def test_nothing_else_does(header: str) -> None:
    assert client_by_token([CRM, OTHER], header) is None
    assert client_by_token([CRM, OTHER], f"Bearer {header}") is None
    assert client_by_token([CRM, OTHER], f"Basic 0123456789abcdef0123456789abcdef{header}") is None


def test_a_client_shows_nothing_of_its_token() -> None:
    assert "token" not in repr(CRM)
