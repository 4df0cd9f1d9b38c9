"""Numbers in French words: `soixante et onze`, `quatre-vingts`, `deux cents` but `deux cent un`.

`vingt` and `cent` take an s when multiplied and last, also before `million`, never before `mille`: Académie
française, "Dictionnaire", articles "vingt", "cent" and "mille".
"""

from __future__ import annotations

from decimal import Decimal

# fmt: off
_SMALL = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf",
    "dix", "onze", "douze", "treize", "quatorze",
    "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
)
# fmt: on
_TENS = ("", "", "vingt", "trente", "quarante", "cinquante", "soixante")
_GROUPS = ("", "mille", "million", "milliard", "billion")
_LIMIT = 1000 ** len(_GROUPS)
_PLURALS = ("vingts", "cents", "millions", "milliards", "billions")
_VOWELS = "aeiouéèêàâîôûh"


def cardinal(value: int, *, feminine: bool = False) -> str:
    """Return `value` in words, `moins` before a negative one; raises ValueError from 10^15 on.

    `feminine`: before a feminine noun, where the last `un` is `une`.
    """
    if abs(value) >= _LIMIT:
        raise ValueError(f"{value} is too large to be said in words")
    if value < 0:
        return f"moins {cardinal(-value, feminine=feminine)}"
    if value == 0:
        return _SMALL[0]
    groups = ((value // 1000**index % 1000, index) for index in range(len(_GROUPS) - 1, -1, -1))
    words = " ".join(_group(group, index) for group, index in groups if group)
    ends_in_one = words == "un" or words.endswith((" un", "-un"))
    return f"{words}e" if feminine and ends_in_one else words


def counted(value: int, one: str, many: str, *, feminine: bool = False) -> str:
    """Return `value` with its noun: `zéro dollar`, `deux dollars`, `un million de dollars`, `… d'euros`."""
    noun = one if abs(value) < 2 else many
    number = cardinal(value, feminine=feminine)
    if value == 0 or value % 10**6:
        return f"{number} {noun}"
    return f"{number} d'{noun}" if noun[0] in _VOWELS else f"{number} de {noun}"


def decimal(value: Decimal) -> str:
    """Return `value` in words, decimals one by one as written: `2.50` is `deux virgule cinq zéro`."""
    if not value.is_finite():
        raise ValueError(f"{value} is no number that can be said")
    whole, _, decimals = f"{abs(value):f}".partition(".")
    words = cardinal(int(whole))
    if decimals:
        words = f"{words} virgule {' '.join(_SMALL[int(digit)] for digit in decimals)}"
    return f"moins {words}" if value < 0 else words


def ordinal(value: int) -> str:
    """Return the rank `value`, at least 1, in words: `vingt et unième`."""
    if value < 1:
        raise ValueError(f"{value} is no rank; ranks begin with 1")
    if value == 1:
        return "premier"
    words = cardinal(value)
    if words.endswith(_PLURALS):
        words = words[:-1]
    if words in {"un million", "un milliard", "un billion"}:
        words = words.removeprefix("un ")
    if words.endswith("cinq"):
        return f"{words}uième"
    if words.endswith("neuf"):
        return f"{words[:-1]}vième"
    return f"{words.removesuffix('e')}ième"


def _group(value: int, index: int) -> str:
    """Return up to three digits with the name of their place: `deux cent mille`, `deux cents millions`."""
    words = _below_thousand(value)
    match _GROUPS[index]:
        case "":
            return words
        case "mille":
            if value == 1:
                return "mille"
            return f"{words[:-1] if words.endswith(_PLURALS) else words} mille"
        case name:
            return f"{words} {name}" if value == 1 else f"{words} {name}s"


def _below_thousand(value: int) -> str:
    hundreds, rest = divmod(value, 100)
    if not hundreds:
        return _below_hundred(rest)
    words = "cent" if hundreds == 1 else f"{_SMALL[hundreds]} cent"
    if rest:
        return f"{words} {_below_hundred(rest)}"
    return words if hundreds == 1 else f"{words}s"


def _below_hundred(value: int) -> str:
    if value < len(_SMALL):
        return _SMALL[value]
    if value >= 80:
        return f"quatre-vingt-{_SMALL[value - 80]}" if value > 80 else "quatre-vingts"
    tens = min(value // 10, 6)  # from 60 to 79 one counts on from sixty
    rest = value - tens * 10
    if rest == 0:
        return _TENS[tens]
    return f"{_TENS[tens]} et {_SMALL[rest]}" if rest in {1, 11} else f"{_TENS[tens]}-{_SMALL[rest]}"
