"""A text message's parts, as networks count them."""

from __future__ import annotations

import pytest

from ivr.messages.sms_length import outside_gsm, sms_parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("é" * 160, 1),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ó" * 70, 1),
        ("ó" * 71, 2),
        ("ó" * 134, 2),
        ("ó" * 135, 3),
        ("\U0001f600" * 35, 1),
        ("\U0001f600" * 36, 2),
    ],
)
def test_parts(text: str, parts: int) -> None:
    assert sms_parts(text) == parts


def test_what_makes_it_dearer_is_named_once() -> None:
    assert outside_gsm("años y años, ó así ó no") == ("ó", "í")
