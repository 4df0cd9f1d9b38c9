"""The clips that Asterisk's core sounds have for the words of a slot's value, by language.

A value's words (`forty-two dollars`) are looked up one after the other, so that what is heard is what people
read. Where a single word has no clip, or one with another ending, there are no clips for the value at all: it
is spoken instead. Names of clips: the packages asterisk-core-sounds-en, -es and -fr.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from ivr.prompts.segment import PAUSE

_MONEY_LEFT = "all but whole dollars"
_EVERYWHERE = {"digits": "", "telephone": "", "characters": "signs and accents", "money": _MONEY_LEFT}
LEFT_TO_SPEECH: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": {
            **_EVERYWHERE,
            "number": "decimals",
            "ordinal": "ranks from 40 on",
            "date": "",
            "time": "noon and midnight",
        },
        "es": {**_EVERYWHERE, "number": "decimals and 'cien'", "date": "the first of a month"},
        "fr": {**_EVERYWHERE, "number": "decimals", "date": "the first of a month"},
    }
)
"""The kinds of slots that clips can say, by language, each with what of it they can't; names: never."""
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?|,")
_MONEY = ("dollars", "dólares")
"""The amounts there are clips for: whole dollars. French "cent" has two sounds: as money it has no clip."""
_LONGEST = 3
"""Words of the longest clip: `quatre-vingt-dix`."""


def clips_of(text: str, kind: str, language: str) -> tuple[str, ...] | None:
    """Return the clips that say `text`, the value of a slot with the filter `kind`; None without them."""
    if kind not in LEFT_TO_SPEECH[language]:
        return None
    words = _WORD.findall(text.lower())
    if kind == "money" and words[-1] not in _MONEY:
        return None
    clips: list[str] = []
    known = {**_CLIPS[language], **_LETTERS} if kind == "characters" else _CLIPS[language]
    while words:
        length = next((count for count in range(_LONGEST, 0, -1) if " ".join(words[:count]) in known), 0)
        if not length:
            return None
        clips.append(known[" ".join(words[:length])])
        words = words[length:]
    return tuple(clips)


def why_no_clips(kind: str, language: str, *, for_any_value: bool) -> str | None:
    """Return why clips can't say slots of a kind, a clause; None when they can.

    `for_any_value`: nothing but a rare value may be left to speech, and cents are not rare.
    """
    left = LEFT_TO_SPEECH[language].get(kind)
    if left is None:
        return f"no clips say a {kind} in {language!r}"
    if for_any_value and left == _MONEY_LEFT:
        return "clips say whole dollars only"
    return None


def words_of_clips(language: str) -> Mapping[str, str]:
    """Return the words that each clip says, by its name."""
    words: dict[str, str] = {}
    for word, clip in _CLIPS[language].items():
        words.setdefault(clip, word)
    return words


def _numbered(folder: str, words: str, first: int = 0) -> dict[str, str]:
    """Return clips that are named by their place in a list of words."""
    return {word: f"digits/{folder}{number}" for number, word in enumerate(words.split(), first)}


def _tens(words: str, first: int) -> dict[str, str]:
    return {word.replace("-", " "): f"digits/{10 * tens}" for tens, word in enumerate(words.split(), first)}


_LETTERS = {letter: f"letters/{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"}

_ENGLISH = {
    **_numbered("", "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"),
    **_numbered("", "fifteen sixteen seventeen eighteen nineteen", 15),
    **_tens("twenty thirty forty fifty sixty seventy eighty ninety", 2),
    **_numbered("h-", "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth", 1),
    **_numbered("h-", "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth", 13),
    "twentieth": "digits/h-20",
    "thirtieth": "digits/h-30",
    **_numbered("day-", "sunday monday tuesday wednesday thursday friday saturday"),
    **_numbered(
        "mon-", "january february march april may june july august september october november december"
    ),
    **{
        word: f"digits/{word}"
        for word in ("hundred", "thousand", "million", "billion", "minus", "oh", "dollars")
    },
    "am": "digits/a-m",
    "pm": "digits/p-m",
    "dash": "letters/dash",
    "dot": "letters/dot",
}
_SPANISH = {
    **_numbered(
        "", "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince"
    ),
    **_numbered("", "dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés", 16),
    **_numbered("", "veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve", 24),
    **_tens("treinta cuarenta cincuenta sesenta setenta ochenta noventa", 3),
    "ciento": "digits/100-and",
    "y": "digits/and",
    "un": "digits/1M",
    "una": "digits/1F",
    "doscientos": "digits/200",
    "trescientos": "digits/300",
    "cuatrocientos": "digits/400",
    "quinientos": "digits/500",
    "seiscientos": "digits/600",
    "setecientos": "digits/700",
    "ochocientos": "digits/800",
    "novecientos": "digits/900",
    "mil": "digits/thousand",
    "millón": "digits/million",
    "millones": "digits/millions",
    "menos": "digits/minus",
    **_numbered("day-", "domingo lunes martes miércoles jueves viernes sábado"),
    **_numbered(
        "mon-", "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    ),
    "de": "digits/es-de",
    "dólares": "digits/dollars",
}
_FRENCH = {
    **_numbered(
        "", "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze"
    ),
    "seize": "digits/16",
    "dix sept": "digits/17",
    "dix huit": "digits/18",
    "dix neuf": "digits/19",
    **_tens("vingt trente quarante cinquante soixante soixante-dix quatre-vingt quatre-vingt-dix", 2),
    "quatre vingts": "digits/80",
    "et": "digits/et",
    "moins": "digits/minus",
    "cent": "digits/hundred",
    "cents": "digits/hundred",
    "mille": "digits/thousand",
    "million": "digits/million",
    "millions": "digits/million",
    "dollars": "digits/dollars",
    **_numbered("day-", "dimanche lundi mardi mercredi jeudi vendredi samedi"),
    **_numbered(
        "mon-", "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
    ),
}
_CLIPS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        language: {",": PAUSE, **clips}
        for language, clips in (("en", _ENGLISH), ("es", _SPANISH), ("fr", _FRENCH))
    }
)
