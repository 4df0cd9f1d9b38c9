"""What keys mean in the shipped call, from the outside: as its customers were told over the telephone.

This is on purpose no use of the flow engine: it judges what that made of the same keys.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum


class Meaning(StrEnum):
    """What somebody wanted, by the keys they pressed."""

    NOTHING = "nothing"
    """No key that ends the matter: hung up, silent, lost, wrong keys."""
    PAY = "pay"
    TRIED_TO_PAY = "tried to pay"
    """Agreed to pay; the provider did not charge."""
    PROMISE = "promise"
    AGENT = "agent"
    ALREADY_PAID = "already paid"
    DISPUTE = "dispute"
    OPT_OUT = "opt out"
    WRONG_PERSON = "wrong person"


class _Question(StrEnum):
    IS_IT_YOU = "if you are …, press 1"
    WHAT_TO_DO = "to pay now, …"
    OTHER_CHOICES = "if you do not agree, press 1"
    REALLY_PAY = "to pay … now, press 1"
    WHEN = "within three days, press 1"
    AFTER_DECLINE = "your payment did not go through"


_Answer = Meaning | _Question
_EVERYWHERE: Mapping[str, _Answer] = {"0": Meaning.AGENT, "9": Meaning.OPT_OUT}
_PROMISE_OR_AGENT: Mapping[str, _Answer] = {"2": _Question.WHEN, "3": Meaning.AGENT}
_KEYS: Mapping[_Question, Mapping[str, _Answer]] = {
    _Question.IS_IT_YOU: {"1": _Question.WHAT_TO_DO, "2": Meaning.WRONG_PERSON},
    _Question.WHAT_TO_DO: {
        **_PROMISE_OR_AGENT,
        "1": _Question.REALLY_PAY,
        "4": Meaning.ALREADY_PAID,
        "5": _Question.OTHER_CHOICES,
        "8": _Question.WHAT_TO_DO,
    },
    _Question.OTHER_CHOICES: {"1": Meaning.DISPUTE, "2": Meaning.OPT_OUT, "5": _Question.WHAT_TO_DO},
    _Question.REALLY_PAY: {"1": Meaning.PAY, "2": _Question.WHAT_TO_DO},
    _Question.WHEN: {**dict.fromkeys("123", Meaning.PROMISE), "5": _Question.WHAT_TO_DO},
    _Question.AFTER_DECLINE: {**_PROMISE_OR_AGENT, "5": Meaning.TRIED_TO_PAY},
}
_WRONG_KEYS = 3
"""So many wrong keys at one question, and the call says good-bye."""


def meaning_of(pressed: Sequence[str], *, has_card: bool, was_charged: bool) -> Meaning:
    """Return what `pressed` means: bursts of keys, in order (`"11"` is a doubled digit).

    `was_charged` is the payment provider's word: an agreed payment that it did not make leads on.
    """
    question, wrong = _Question.IS_IT_YOU, 0
    for burst in pressed:
        for key in burst:
            answer = _answer(question, key, has_card=has_card)
            if answer is None:
                wrong += 1
                if wrong == _WRONG_KEYS:
                    return Meaning.NOTHING
                break  # what is pressed together with a wrong key is forgotten
            if answer is Meaning.PAY and not was_charged:
                answer = _Question.AFTER_DECLINE
            if isinstance(answer, Meaning):
                return answer
            question, wrong = answer, 0
            if question is _Question.REALLY_PAY:
                break  # the sum is heard before a key can agree to it
    return Meaning.TRIED_TO_PAY if question is _Question.AFTER_DECLINE else Meaning.NOTHING


def _answer(question: _Question, key: str, *, has_card: bool) -> _Answer | None:
    answer = _KEYS[question].get(key) or _EVERYWHERE.get(key)
    return None if answer is _Question.REALLY_PAY and not has_card else answer
