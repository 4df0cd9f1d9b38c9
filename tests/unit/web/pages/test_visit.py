"""A visit is carried by its page, and nobody can write one."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.flows.factor import Factor
from ivr.prompts.content_tier import ContentTier
from ivr.web.pages.visit import GOOD_FOR, Seals, new_visit

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
SEALS = Seals(b"k" * 32)
VISIT = new_visit("link1", NOW).knowing(ContentTier.VERIFIED, Factor.PIN).telling(12_345)


def test_it_comes_back_as_it_was() -> None:
    assert SEALS.open(SEALS.seal(VISIT), "link1", NOW) == VISIT


def test_it_is_of_one_link_and_for_a_while() -> None:
    sealed = SEALS.seal(VISIT)
    assert SEALS.open(sealed, "link2", NOW) is None
    assert SEALS.open(sealed, "link1", NOW + GOOD_FOR) is None
    assert Seals(b"other" * 8).open(sealed, "link1", NOW) is None


def test_each_visit_is_another() -> None:
    assert new_visit("link1", NOW).id != new_visit("link1", NOW).id


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_what_strangers_write_is_no_visit(body: bytes) -> None:
    assert SEALS.open(base64.urlsafe_b64encode(body).decode(), "link1", NOW) is None
    assert SEALS.open(body.decode("latin-1"), "link1", NOW) is None


@pytest.mark.parametrize("place", [0, 31, 40, -1])
def test_a_changed_letter_breaks_the_seal(place: int) -> None:
    raw = bytearray(base64.urlsafe_b64decode(SEALS.seal(replace(VISIT, tier=ContentTier.ANYONE))))
    raw[place] ^= 1
    assert SEALS.open(base64.urlsafe_b64encode(bytes(raw)).decode(), "link1", NOW) is None
