"""Who or what picked up, told from when the other side speaks, when we do, and which tones there are.

A fold over sounds with the time as an argument: no sound is heard here. It never listens to what is said. A
short greeting and then silence is a person. A long one is none, or one to whom it does no harm to say once
more who calls; what it is comes out later: a beep, or two silences, are voicemail; who listens to our first
words and then speaks is a call screener; who speaks into them by a clock of its own is an office's menu.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from ivr.calls.answered_by import AnsweredBy

LONG_GREETING = 2.0
"""Seconds that a person's greeting does not last; AMD of Asterisk takes 1.5."""
CLICK = 0.1
"""Seconds of noise that are no greeting yet."""
QUIET = 1.0
"""Seconds of silence that end a greeting: longer than the pauses inside one."""
SECOND_SILENCE = 3.5
"""Seconds of silence after our first words that make voicemail of whoever greeted at length. A screener
speaks sooner."""
RESUMED = 0.4
"""Seconds of speech after which a machine has not begun to record: a second beep is shorter."""
INTO_OUR_WORDS = 1.0
"""Seconds of our first words before which speech is the tail of the greeting."""
NOBODY_SPEAKS = 20.0
"""Seconds of silence after the answer after which no greeting is waited for any more."""


class Sound(Enum):
    """What can be heard on a call."""

    TALK_BEGINS = auto()
    """The other side makes itself heard; a tone is talk as well."""
    TALK_ENDS = auto()
    WE_BEGIN = auto()
    """One of our own sentences begins."""
    WE_END = auto()
    BEEP = auto()
    """The tone after which voicemail records is on."""
    FAX = auto()
    """CED (2100 Hz) or CNG (1100 Hz)."""
    SIT = auto()
    """Special information tone: the network itself speaks."""


class Finding(Enum):
    """News that is no verdict."""

    SPEAKS_ON = auto()
    """A machine that should record by now speaks again."""


class _Stage(Enum):
    BEFORE = auto()
    GREETING = auto()
    LONG = auto()
    """A long greeting is over, and nobody knows yet what it was."""
    MACHINE = auto()
    DONE = auto()


_BY_TONE = {Sound.FAX: AnsweredBy.FAX, Sound.SIT: AnsweredBy.NETWORK_ANNOUNCEMENT}


@dataclass(slots=True)
class Answerer:
    """What is known of the other side. Times are seconds of any one clock."""

    answered_at: float
    verdict: AnsweredBy = AnsweredBy.UNKNOWN
    _stage: _Stage = _Stage.BEFORE
    _greeted_at: float = 0.0
    _talks_since: float | None = None
    _quiet_since: float = 0.0
    """When the other side fell silent, of whoever is silent now."""
    _we_talk_since: float | None = None
    _we_ended_at: float | None = None
    _beeped: bool = False
    _spoke_on: bool = False
    is_long: bool = False
    """Whether the other side greeted for longer than a person does: a beep may follow."""

    @property
    def is_settled(self) -> bool:
        """Whether nothing more can come out."""
        return self._stage is _Stage.DONE

    @property
    def deadline(self) -> float | None:
        """When `pass_time` is to be asked next; None while only a sound brings news."""
        if self._stage is _Stage.BEFORE:
            return self.answered_at + NOBODY_SPEAKS
        if self._talks_since is not None:
            return self._deadline_in_talk()
        if self._stage is _Stage.GREETING or (self._stage is _Stage.MACHINE and self._spoke_on):
            return self._quiet_since + QUIET
        if self._stage is _Stage.LONG and self._we_ended_at is not None and self._we_talk_since is None:
            return max(self._we_ended_at, self._quiet_since) + SECOND_SILENCE
        return None

    def _deadline_in_talk(self) -> float | None:
        assert self._talks_since is not None  # noqa: S101  (its caller looked)
        if self._stage is _Stage.GREETING and not self.is_long:
            return self._greeted_at + LONG_GREETING
        if self._stage is _Stage.MACHINE and not self._spoke_on:
            return self._talks_since + RESUMED
        return None

    def hear(self, sound: Sound, at: float) -> AnsweredBy | Finding | None:
        """Take in a sound; return the news that it is, if it is any. A verdict may come more than once."""
        if self._stage is _Stage.DONE:
            return None
        if sound in _BY_TONE:
            self._stage = _Stage.DONE
            return self._find(_BY_TONE[sound])
        match sound:
            case Sound.TALK_BEGINS:
                return self._talk_begins(at)
            case Sound.TALK_ENDS:
                return self._talk_ends(at)
            case Sound.WE_BEGIN:
                self._we_talk_since, self._we_ended_at = self._we_talk_since or at, None
            case Sound.WE_END:
                self._we_talk_since, self._we_ended_at = None, at
            case Sound.BEEP:
                # Before a long greeting it may be anything: a person's telephone, somebody who whistles.
                self._beeped = self.is_long
        return None

    def pass_time(self, at: float) -> AnsweredBy | Finding | None:
        """Take in that it is `at` now; return the news that the silence, or the talk, is by now."""
        deadline = self.deadline
        if deadline is None or at < deadline or self._stage is _Stage.DONE:
            return None
        if self._stage is _Stage.BEFORE:
            self._stage = _Stage.DONE
        elif self._talks_since is not None:
            self.is_long = True
            if self._stage is _Stage.MACHINE:
                self._spoke_on = True
                return Finding.SPEAKS_ON
        elif self._stage is _Stage.GREETING:
            return self._greeting_is_over()
        else:
            return self._records()
        return None

    def _talk_begins(self, at: float) -> AnsweredBy | None:
        self._talks_since = at
        if self._stage is _Stage.BEFORE:
            self._stage, self._greeted_at = _Stage.GREETING, at
        speaks_into_ours = self._we_talk_since is not None and at - self._we_talk_since >= INTO_OUR_WORDS
        if self._stage is _Stage.LONG and speaks_into_ours:
            return self._find(AnsweredBy.AUTO_ATTENDANT)
        return None

    def _talk_ends(self, at: float) -> AnsweredBy | None:
        if self._talks_since is None:
            return None
        began, self._talks_since, self._quiet_since = self._talks_since, None, at
        if self._stage is _Stage.GREETING and began == self._greeted_at and at - began < CLICK:
            self._stage = _Stage.BEFORE
        return self._records() if self._beeped else None

    def _greeting_is_over(self) -> AnsweredBy:
        self.is_long = self.is_long or self._quiet_since - self._greeted_at >= LONG_GREETING
        if not self.is_long:
            self._stage = _Stage.DONE
            return self._find(AnsweredBy.HUMAN)
        # What is on the line now was begun into the greeting: nobody listened to it.
        self._stage, self._we_ended_at, self._we_talk_since = _Stage.LONG, None, None
        return self._find(AnsweredBy.SCREENER)

    def _records(self) -> AnsweredBy:
        self._stage, self._beeped, self._spoke_on = _Stage.MACHINE, False, False
        return self._find(AnsweredBy.MACHINE)

    def _find(self, verdict: AnsweredBy) -> AnsweredBy:
        self.verdict = verdict
        return verdict
