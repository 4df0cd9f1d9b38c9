"""Numbers in Spanish words, as they are said in Latin America.

`uno` shortens before a noun (`veintiún pesos`) and agrees with it (`veintiuna libras`), and so do the
hundreds (`doscientas libras`): Real Academia Española, "Diccionario panhispánico de dudas", articles "uno"
and "cardinales".
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum

# fmt: off
_SMALL = (
    "cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve",
    "diez", "once", "doce", "trece", "catorce",
    "quince", "dieciséis", "diecisiete", "dieciocho", "diecinueve",
    "veinte", "veintiuno", "veintidós", "veintitrés", "veinticuatro",
    "veinticinco", "veintiséis", "veintisiete", "veintiocho", "veintinueve",
)
_TENS = ("", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa")
_HUNDREDS = (
    "", "ciento", "doscientos", "trescientos", "cuatrocientos",
    "quinientos", "seiscientos", "setecientos", "ochocientos", "novecientos",
)
_ORDINAL_ONES = (
    "", "primero", "segundo", "tercero", "cuarto", "quinto",
    "sexto", "séptimo", "octavo", "noveno", "décimo", "undécimo", "duodécimo",
)
_ORDINAL_TENS = (
    "", "décimo", "vigésimo", "trigésimo", "cuadragésimo",
    "quincuagésimo", "sexagésimo", "septuagésimo", "octogésimo", "nonagésimo",
)
_ORDINAL_HUNDREDS = (
    "", "centésimo", "ducentésimo", "tricentésimo", "cuadringentésimo",
    "quingentésimo", "sexcentésimo", "septingentésimo", "octingentésimo", "noningentésimo",
)
# fmt: on
_MILLIONS = (("", ""), ("millón", "millones"), ("billón", "billones"))
_LIMIT = 10**15
_ORDINAL_LIMIT = 10**9


class Before(Enum):
    """What follows the number."""

    NOTHING = "uno"
    MASCULINE = "un"
    """`veintiún pesos`."""
    FEMININE = "una"
    """`veintiuna libras`."""


def cardinal(value: int, before: Before = Before.NOTHING) -> str:
    """Return `value` in words, `menos` before a negative one; raises ValueError from 10^15 on."""
    if abs(value) >= _LIMIT:
        raise ValueError(f"{value} is too large to be said in words")
    if value < 0:
        return f"menos {cardinal(-value, before)}"
    if value == 0:
        return _SMALL[0]
    parts = []
    for power in range(len(_MILLIONS) - 1, 0, -1):
        if group := value // 10 ** (6 * power) % 10**6:
            one, many = _MILLIONS[power]
            parts.append(f"{_below_million(group, Before.MASCULINE)} {one if group == 1 else many}")
    if group := value % 10**6:
        parts.append(_below_million(group, before))
    return " ".join(parts)


def counted(value: int, one: str, many: str, before: Before) -> str:
    """Return `value` with its noun: `un peso`, `dos pesos`, `un millón de pesos`."""
    noun = one if abs(value) == 1 else many
    of = "de " if value and value % 10**6 == 0 else ""
    return f"{cardinal(value, before)} {of}{noun}"


def decimal(value: Decimal) -> str:
    """Return `value` in words, decimals one by one as written: `2.50` is `dos punto cinco cero`."""
    if not value.is_finite():
        raise ValueError(f"{value} is no number that can be said")
    whole, _, decimals = f"{abs(value):f}".partition(".")
    words = cardinal(int(whole))
    if decimals:
        words = f"{words} punto {' '.join(_SMALL[int(digit)] for digit in decimals)}"
    return f"menos {words}" if value < 0 else words


def ordinal(value: int) -> str:
    """Return the rank `value`, from 1 and below 10^9, in words: `vigésimo primero`."""
    if value < 1:
        raise ValueError(f"{value} is no rank; ranks begin with 1")
    if value >= _ORDINAL_LIMIT:
        raise ValueError(f"{value} is too large to be said as a rank")
    millions, rest = divmod(value, 10**6)
    thousands, rest = divmod(rest, 1000)
    parts = (_multiple(millions, "millonésimo"), _multiple(thousands, "milésimo"), _ordinal_rest(rest))
    return " ".join(part for part in parts if part)


def _below_million(value: int, before: Before) -> str:
    thousands, rest = divmod(value, 1000)
    if not thousands:
        return _below_thousand(rest, before)
    # Before "mil" the hundreds agree with the noun that is counted, and "uno" is never said in full.
    of_thousands = Before.FEMININE if before is Before.FEMININE else Before.MASCULINE
    words = "mil" if thousands == 1 else f"{_below_thousand(thousands, of_thousands)} mil"
    return f"{words} {_below_thousand(rest, before)}" if rest else words


def _below_thousand(value: int, before: Before) -> str:
    if value == 100:
        return "cien"
    hundreds, rest = divmod(value, 100)
    if not hundreds:
        return _below_hundred(rest, before)
    words = _HUNDREDS[hundreds]
    if before is Before.FEMININE and hundreds > 1:
        words = f"{words[:-2]}as"
    return f"{words} {_below_hundred(rest, before)}" if rest else words


def _below_hundred(value: int, before: Before) -> str:
    if value % 10 == 1 and value != 11:
        return _ending_in_one(value, before)
    if value < len(_SMALL):
        return _SMALL[value]
    tens, ones = divmod(value, 10)
    return f"{_TENS[tens]} y {_SMALL[ones]}" if ones else _TENS[tens]


def _ending_in_one(value: int, before: Before) -> str:
    if value == 1:
        return before.value
    if value == 21:
        return "veintiún" if before is Before.MASCULINE else f"veinti{before.value}"
    return f"{_TENS[value // 10]} y {before.value}"


def _multiple(count: int, rank: str) -> str:
    """Return `milésimo`, `dosmilésimo`, or nothing for no thousands at all."""
    if count == 0:
        return ""
    return rank if count == 1 else _below_thousand(count, Before.MASCULINE).replace(" ", "") + rank


def _ordinal_rest(value: int) -> str:
    hundreds, rest = divmod(value, 100)
    if rest < len(_ORDINAL_ONES):
        words = _ORDINAL_ONES[rest]
    elif rest < 20:
        words = f"decimo{_ORDINAL_ONES[rest - 10]}".replace("oo", "o")
    else:
        words = f"{_ORDINAL_TENS[rest // 10]} {_ORDINAL_ONES[rest % 10]}"
    return f"{_ORDINAL_HUNDREDS[hundreds]} {words}".strip()
