"""What happened in a played call, step by step, as people and golden files have it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import Enum

from ivr.flows.commands import Say
from ivr.flows.effects import Effect
from ivr.money import Money
from ivr.tempo import Tempo


@dataclass(frozen=True, slots=True)
class Heard:
    """Something was said."""

    say: Say
    is_cut: bool = False
    """A key ended it early."""

    def cut(self) -> Heard:
        """Return it as something that was not heard to its end."""
        return replace(self, is_cut=True)

    @property
    def text(self) -> str:
        """The words."""
        return " ".join(segment.text for segment in self.say.segments)

    @property
    def is_slow(self) -> bool:
        """Whether it was said more slowly than usual."""
        return any(segment.tempo is Tempo.SLOW for segment in self.say.segments)


@dataclass(frozen=True, slots=True)
class Step:
    """Anything else: who does it is in its name."""

    kind: str
    """The person `presses`, `stays_silent`, `hangs_up`, or lets a machine that `screens` answer; the flow
    `plays` a recording, `does` something, `responds`, `ends`, `breaks`; the matter is `settled` elsewhere."""
    value: object
    more: Mapping[str, object]


TalkStep = Heard | Step


def step_as_data(step: TalkStep) -> dict[str, object]:
    """Return a step as golden files write it: `{presses: "1"}`."""
    if isinstance(step, Heard):
        slowly = {"slowly": True} if step.is_slow else {}
        return {"hears": step.text, **slowly, **({"cut": True} if step.is_cut else {})}
    return {step.kind: step.value, **{name: _plain(value) for name, value in step.more.items()}}


def effect_details(effect: Effect) -> dict[str, object]:
    """Return what an effect was asked for with; of a secret it holds the name only."""
    named = {each.name: getattr(effect, each.name) for each in fields(effect) if each.repr}
    return {name: _plain(value) for name, value in named.items() if name not in ("effect_id", "kind")}


def _plain(value: object) -> object:
    if isinstance(value, Money):
        return f"{value.amount} {value.currency}"
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bool | int | float | str | type(None)):
        return value
    return str(value)
