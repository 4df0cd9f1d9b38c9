"""What nodes share that ask for digits: one number or several, each read back if wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from pydantic import Field, model_validator

from ivr.flows.actions import (
    Actions,
    Collect,
    ForgetKeys,
    Keep,
    KeepSecret,
    Listen,
    Log,
    Overlook,
    Remember,
    Speak,
)
from ivr.flows.choice import Key, PromptName
from ivr.flows.keyed_form import POINT, Form, read
from ivr.flows.manners import Manners
from ivr.flows.nodes.question import Moment, QuestionNode, listening
from ivr.flows.scene import Scene
from ivr.flows.state import KeysDuring

_READ_BACK = "read_back"


@dataclass(frozen=True, slots=True)
class Ask:
    """One number that is asked for."""

    variable: str
    """Where it is kept: `gathered.<variable>`, or the handle of a secret."""
    prompt: str
    least: int
    most: int
    form: Form = Form.DIGITS
    read_back: str | None = None
    """Says what was understood and asks whether it is right; a secret is never read back."""
    secret: bool = False


class AskingNode(QuestionNode):
    """A question that several keys answer."""

    hands_secrets_on: ClassVar[bool] = False
    """Whether a secret is for the node that follows, and not for an effect of this one."""

    terminator: Key | None = Field(
        default=None, description="the key that ends a number early, if not the flow's; null: none does"
    )
    restart: Key | None = Field(
        default=None,
        description="the key that begins it anew, if not the flow's, except where it is the decimal point",
    )
    point: Key = Field(default=POINT, description="the key for the decimal point of an amount")
    yes: Key = Field(default="1", description="after a read-back: it is right")
    no: Key = Field(default="2", description="after a read-back: it is wrong, and asked for again")
    first_key: float | None = Field(default=None, gt=0, le=60, description="seconds, if not the flow's")
    between_keys: float | None = Field(default=None, gt=0, le=30, description="seconds, if not the flow's")

    @model_validator(mode="after")
    def _keys_have_one_meaning(self) -> AskingNode:
        for name in ("terminator", "restart", "point", "repeat"):
            key = getattr(self, name)
            if key is not None and key.isdigit():
                raise ValueError(f"{name} {key} is a digit itself; use # or *")
        if self.takes_amount:
            self._check_point()
        return self

    def _check_point(self) -> None:
        """Refuse a decimal point that nobody could key; the flow's usual restart key gives way to it."""
        for name in ("terminator", "restart"):
            if name in self.model_fields_set and getattr(self, name) == self.point:
                raise ValueError(
                    f"{self.point} can't be both {name} and the decimal point of an amount; give `{name}:` "
                    f"or `point:` another key"
                )

    @property
    def takes_amount(self) -> bool:
        """Whether an amount may be asked for, which has a decimal point."""
        return False

    @property
    def reads_back(self) -> bool:
        """Whether what was keyed may be said and asked about."""
        return False

    def moments(self, manners: Manners) -> tuple[Moment, ...]:
        """Return the time of keying, and that of judging what was read back."""
        repeat = () if self.repeat is None else (("repeat", self.repeat),)
        judging = (Moment((("yes", self.yes), ("no", self.no), *repeat)),) if self.reads_back else ()
        return (Moment((*self._keys_of_keying(manners), *repeat), takes_digits=True), *judging)

    def _keys_of_keying(self, manners: Manners) -> Iterator[tuple[str, Key]]:
        if self.takes_amount:
            yield "point", self.point
        for name in ("terminator", "restart"):
            key = self.of_flow(name, manners)
            gives_way = name == "restart" and self.takes_amount and key == self.point
            if key is not None and not gives_way:
                yield name, key

    def asks(self, scene: Scene) -> Sequence[Ask]:
        """Return what is asked for, in order; at least one."""
        raise NotImplementedError

    def completed(self, scene: Scene) -> Actions:
        """Go on when everything has been keyed."""
        raise NotImplementedError

    def accepts(self, scene: Scene, ask: Ask, value: object) -> bool:  # noqa: ARG002 (for those with limits)
        """Say whether a value is within its limits."""
        return True

    def currency(self, scene: Scene) -> str | None:  # noqa: ARG002 (for those with limits)
        """Return in which currency an amount is keyed; None: that of the account."""
        return None

    def accepts_secret(self, scene: Scene, ask: Ask, digits: str) -> bool:  # noqa: ARG002 (for those who can tell)
        """Say whether a secret can be one; of most nobody here can tell."""
        return True

    def current(self, scene: Scene) -> Ask:
        """Return what is being asked for."""
        return self.asks(scene)[scene.memory.step]

    def question(self, scene: Scene) -> PromptName:
        """Return the prompt that asks, or that reads back."""
        ask = self.current(scene)
        if ask.read_back is not None and scene.memory.stage == _READ_BACK:
            return ask.read_back
        return ask.prompt

    def spoken(self, scene: Scene) -> Actions:
        """Wait for the first digit."""
        return listening(self.first_key or scene.manners.first_key)

    def pressed(self, scene: Scene, digit: str) -> Actions:
        """Take a key."""
        if scene.memory.stage == _READ_BACK:
            return self._judged(scene, digit)
        ask = self.current(scene)
        if digit == self.of_flow("terminator", scene.manners):
            return self._ended(scene, ask, scene.digits)
        if digit == self.point and ask.form is Form.AMOUNT and POINT not in scene.digits:
            digit = POINT
        elif digit == self.of_flow("restart", scene.manners):
            return (Collect(None), self.asked(scene))
        elif not digit.isdigit():
            return self.any_other(scene, digit)
        digits = scene.digits + digit
        if len(digits) == ask.most:
            # Who is used to end a number by a key presses it all the same.
            terminator = self.of_flow("terminator", scene.manners)
            surplus = () if terminator is None else (Overlook(terminator),)
            return (Collect(digit), *surplus, *self._ended(scene, ask, digits))
        return (Collect(digit), Listen(self.between_keys or scene.manners.between_keys))

    def silent(self, scene: Scene) -> Actions:
        """End the number after a pause, or ask again when there is none."""
        if scene.digits:
            return self._ended(scene, self.current(scene), scene.digits)
        return super().silent(scene)

    def _ended(self, scene: Scene, ask: Ask, digits: str) -> Actions:
        if len(digits) < ask.least:
            return self.mismatched(scene)
        log = Log("gathered", {"variable": ask.variable, "count": len(digits)})
        if ask.secret:
            if not self.accepts_secret(scene, ask, digits):
                return self.mismatched(scene)
            return (log, KeepSecret(ask.variable, self.hands_secrets_on), *self._after(scene))
        value = read(ask.form, digits, scene.variables, self.currency(scene))
        if value is None or not self.accepts(scene, ask, value):
            return self.mismatched(scene)
        kept = (log, Keep(ask.variable, value), Collect(None))
        if ask.read_back is None:
            return (*kept, *self._after(scene))
        # Only a key pressed after it was read back, or while it is, says that it is right.
        read_back = Remember(replace(scene.memory, stage=_READ_BACK, silences=0))
        return (*kept, read_back, ForgetKeys(), Speak((ask.read_back,), KeysDuring.ANSWER))

    def _judged(self, scene: Scene, digit: str) -> Actions:
        if digit == self.yes:
            return self._after(scene)
        if digit != self.no:
            return self.any_other(scene, digit)
        again = Remember(replace(scene.memory, stage="", silences=0))
        return (again, Speak((self.current(scene).prompt,), KeysDuring.ANSWER))

    def _after(self, scene: Scene) -> Actions:
        """Ask for the next number, or go on."""
        asks, step = self.asks(scene), scene.memory.step + 1
        if step == len(asks):
            return self.completed(scene)
        memory = replace(scene.memory, step=step, stage="", silences=0)
        return (Remember(memory), Speak((asks[step].prompt,), KeysDuring.ANSWER))
