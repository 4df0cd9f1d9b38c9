"""How many parts a text message takes on its way: each is paid for, and long ones arrive in pieces."""

from __future__ import annotations

from math import ceil

_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The basic alphabet of 3GPP TS 23.038: seven bits a character."""
_GSM_EXTENSION = frozenset("\f^{}\\[~]|€")
"""Takes two places each."""


def sms_parts(text: str) -> int:
    """Return in how many parts `text` is sent: 160 places in one, 153 in each of several.

    One character outside the telephones' basic alphabet (`ó`, a curly quote) makes that 70 and 67.
    """
    if set(text) <= _GSM | _GSM_EXTENSION:
        length, alone, each = len(text) + sum(character in _GSM_EXTENSION for character in text), 160, 153
    else:
        length, alone, each = len(text.encode("utf-16-le")) // 2, 70, 67
    return 1 if length <= alone else ceil(length / each)


def outside_gsm(text: str) -> tuple[str, ...]:
    """Return the characters that make a text message dearer, each once, in their order."""
    return tuple(dict.fromkeys(character for character in text if character not in _GSM | _GSM_EXTENSION))
