"""What happened in a played call, step by step, as people and golden files have it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from ivr.flows.commands import Command, Say
from ivr.money import Money


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


@dataclass(frozen=True, slots=True)
class Step:
    """Anything else: who does it is in its name."""

    kind: str
    """`presses`, `stays_silent`, `hangs_up` (the person); `does`, `responds`, `ends`, `breaks` (the flow)."""
    value: object
    more: Mapping[str, object]


TalkStep = Heard | Step


def step_as_data(step: TalkStep) -> dict[str, object]:
    """Return a step as golden files write it: `{presses: "1"}`."""
    if isinstance(step, Heard):
        return {"hears": step.text, **({"cut": True} if step.is_cut else {})}
    return {step.kind: step.value, **step.more}


def effect_name(command: Command) -> str:
    """Return an effect's name as options and golden files have it: `opt_out`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(command).__name__).lower()


def effect_details(command: Command) -> dict[str, object]:
    """Return what an effect was asked for with."""
    named = {field.name: getattr(command, field.name) for field in fields(command)}
    return {name: _plain(value) for name, value in named.items() if name != "effect_id"}


def _plain(value: object) -> object:
    if isinstance(value, Money):
        return f"{value.amount} {value.currency}"
    if isinstance(value, bool | int | float | str | type(None)):
        return value
    return str(value)
