"""A retry rule: after each way a call can end, whether the same step is tried again, when, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from ivr.attempts.ending import Ending
from ivr.content_file import ContentFile
from ivr.duration import Duration
from ivr.rules.contact_plan import ContentName
from ivr.rules.load import load_named

_TIMES = Annotated[int, Field(ge=1, le=100)]


class Where(StrEnum):
    """Which of the customer's contact points is tried again."""

    SAME = "same"
    NEXT = "next"
    """The one ranked after it; after the last, the first."""


def _as_list(written: object) -> object:
    return written if isinstance(written, list | tuple) else [written]


def _waits_somewhere(after: tuple[timedelta, ...]) -> tuple[timedelta, ...]:
    if not after:
        raise ValueError("no waiting time is given; write one, as in 5m, or a list [5m, 1h]")
    return after


class Again(BaseModel):
    """How often and when a step is tried again after one ending."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    max_attempts: _TIMES
    """Attempts of one step that may end so; the last of them ends the step."""
    after: Annotated[tuple[Duration, ...], BeforeValidator(_as_list), AfterValidator(_waits_somewhere)]
    """Wait from the end of the call: after the first such ending, the second, …; the last one stays."""
    contact_point: Where = Where.SAME


def _never_as_none(written: object) -> object:
    return None if written == "never" else written


AgainOrNever = Annotated[Again | None, BeforeValidator(_never_as_none)]
"""`never`, or how."""


@dataclass(frozen=True, slots=True)
class TryAgain:
    """The rule's yes."""

    after: timedelta
    """From the end of the last call."""
    contact_point: Where


@dataclass(frozen=True, slots=True)
class StepDone:
    """The rule's no."""

    reason: str
    """In snake_case: `never_after_refused`, `max_attempts_busy`, `max_attempts`."""


class RetryRule(BaseModel):
    """A retry rule, as in `alert_rules/retry/NAME.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: ContentName
    title: Annotated[str, Field(min_length=1, max_length=120)]
    max_attempts: _TIMES
    """Attempts of one step, however they end."""
    retry: Mapping[Ending, AgainOrNever]
    otherwise: AgainOrNever
    """For the endings that `retry` does not name."""

    @model_validator(mode="after")
    def _never_dials_a_dead_number_again(self) -> Self:
        for ending in (Ending.INVALID_NUMBER, Ending.WRONG_PARTY):
            again = self.retry.get(ending)
            if again is not None and again.contact_point is Where.SAME:
                raise ValueError(
                    f"{ending} would ring the wrong place again; use contact_point: next, or never"
                )
        return self

    def decide(self, endings: Sequence[Ending]) -> TryAgain | StepDone:
        """Answer for the `endings` of one step's attempts so far, oldest first; at least one."""
        last = endings[-1]
        again = self.retry.get(last, self.otherwise)
        if again is None:
            return StepDone(f"never_after_{last}")
        if len(endings) >= self.max_attempts:
            return StepDone("max_attempts")
        times = endings.count(last)
        if times >= again.max_attempts:
            return StepDone(f"max_attempts_{last}")
        return TryAgain(again.after[min(times, len(again.after)) - 1], again.contact_point)


def load_retry_rules(contents: Sequence[ContentFile]) -> tuple[RetryRule, ...]:
    """Return the retry rules in the order of `contents`; raises ContentError with every problem."""
    return load_named(contents, RetryRule)
