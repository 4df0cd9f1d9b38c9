"""Numbers in American English words: no "and" after the hundreds."""

from __future__ import annotations

from decimal import Decimal

# fmt: off
_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
# fmt: on
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_GROUPS = ("", "thousand", "million", "billion", "trillion")
_LIMIT = 1000 ** len(_GROUPS)
_IRREGULAR_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}


def cardinal(value: int) -> str:
    """Return `value` in words, `minus` before a negative one; raises ValueError from 10^15 on."""
    if abs(value) >= _LIMIT:
        raise ValueError(f"{value} is too large to be said in words")
    if value < 0:
        return f"minus {cardinal(-value)}"
    if value < 1000:
        return _below_thousand(value)
    parts = []
    for index in range(len(_GROUPS) - 1, -1, -1):
        group = value // 1000**index % 1000
        if group:
            parts.append(f"{_below_thousand(group)} {_GROUPS[index]}".rstrip())
    return " ".join(parts)


def decimal(value: Decimal) -> str:
    """Return `value` in words, decimals one by one as written: `2.50` is `two point five zero`."""
    if not value.is_finite():
        raise ValueError(f"{value} is no number that can be said")
    whole, _, decimals = f"{abs(value):f}".partition(".")
    words = cardinal(int(whole))
    if decimals:
        words = f"{words} point {' '.join(_SMALL[int(digit)] for digit in decimals)}"
    return f"minus {words}" if value < 0 else words


def ordinal(value: int) -> str:
    """Return the rank `value`, at least 1, in words: `twenty-first`."""
    if value < 1:
        raise ValueError(f"{value} is no rank; ranks begin with 1")
    words = cardinal(value)
    split = max(words.rfind(" "), words.rfind("-")) + 1
    return words[:split] + _ordinal_word(words[split:])


def year(value: int) -> str:
    """Return a year as it is said: `twenty twenty-six`, `nineteen oh five`, `two thousand five`."""
    century, rest = divmod(value, 100)
    if value < 1000 or (century % 10 == 0 and rest < 10):
        return cardinal(value)
    if rest == 0:
        return f"{cardinal(century)} hundred"
    return f"{cardinal(century)} {two_digits(rest)}"


def two_digits(value: int) -> str:
    """Return 1 to 99 as after a century or an hour: `oh five`, `thirty`."""
    return f"oh {cardinal(value)}" if value < 10 else cardinal(value)


def _below_thousand(value: int) -> str:
    hundreds, rest = divmod(value, 100)
    if not hundreds:
        return _below_hundred(rest)
    words = f"{_SMALL[hundreds]} hundred"
    return f"{words} {_below_hundred(rest)}" if rest else words


def _below_hundred(value: int) -> str:
    if value < len(_SMALL):
        return _SMALL[value]
    tens, ones = divmod(value, 10)
    return f"{_TENS[tens]}-{_SMALL[ones]}" if ones else _TENS[tens]


def _ordinal_word(word: str) -> str:
    if word in _IRREGULAR_ORDINALS:
        return _IRREGULAR_ORDINALS[word]
    return f"{word[:-1]}ieth" if word.endswith("y") else f"{word}th"
