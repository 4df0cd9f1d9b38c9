"""verify_factor: prove to be the person, by something that the customer store holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from ivr.errors import FlowError
from ivr.flows.actions import Actions, Go, Perform, RaiseTier
from ivr.flows.choice import NodeName, PromptName
from ivr.flows.effects import CheckFactor
from ivr.flows.factor import BIRTH_DATE_DIGITS, LEAST_DIGITS, Factor
from ivr.flows.nodes.asking import Ask, AskingNode
from ivr.flows.nodes.base import Edge, Mention
from ivr.flows.nodes.gather import Digits
from ivr.flows.scene import Scene
from ivr.flows.variables import look_up
from ivr.prompts.content_tier import ContentTier

_HANDLE = "factor"


class FactorQuestion(BaseModel):
    """How one factor is asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    prompt: PromptName = Field(description="asks for it")
    length: Digits = Field(description="how many digits")


class VerifyFactorNode(AskingNode):
    """Asks for a knowledge factor; the right one raises the content tier to `verified`.

    Which one is asked is the choice of the profile: the first of `verification.factors` that the node has a
    question for. What is keyed stays in memory until the host has compared it. `no_match` says what follows a
    wrong one; after `attempts` of them the call goes where `no_match.to` leads.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "verify_factor",
                "questions": {
                    "pin": {"prompt": "ask-pin", "length": 4},
                    "birth_date": {"prompt": "ask-birth-date", "length": 8},
                },
                "match": "details",
                "locked": "limited-message",
                "unavailable": "agent",
                "no_match": {"prompt": "wrong-factor", "to": "agent"},
            }
        }
    )

    ways_without_key: ClassVar[tuple[str, ...]] = ("no_input", "unavailable")

    type: Literal["verify_factor"]
    questions: dict[Factor, FactorQuestion] = Field(min_length=1, description="how each factor is asked for")
    match: NodeName = Field(description="when it was right")
    locked: NodeName = Field(description="after too many failures, over all calls")
    unavailable: NodeName = Field(description="when the store holds nothing that is asked for here")

    @field_validator("questions")
    @classmethod
    def _can_prove_something(cls, questions: dict[Factor, FactorQuestion]) -> dict[Factor, FactorQuestion]:
        for factor, question in questions.items():
            length = question.length
            if factor is Factor.BIRTH_DATE and {length.least, length.most} != {BIRTH_DATE_DIGITS}:
                raise ValueError(
                    f"a birth date is keyed with its year in four digits; write length: {BIRTH_DATE_DIGITS}"
                )
            if length.least < LEAST_DIGITS:
                raise ValueError(
                    f"{length.least} digits of a {factor} are soon guessed; ask for {LEAST_DIGITS} at least"
                )
        return questions

    @property
    def asks_for_secret(self) -> bool:
        """Whether what is keyed here is kept in memory only."""
        return True

    def edges(self) -> tuple[Edge, ...]:
        """Return where results, silence and wrong answers lead."""
        return (
            Edge(("match",), self.match, ContentTier.VERIFIED),
            Edge(("locked",), self.locked),
            Edge(("unavailable",), self.unavailable),
            *super().edges(),
        )

    def mentions(self) -> tuple[Mention, ...]:
        """Return the questions and what is said before one is asked again."""
        questions = self.questions.items()
        asked = (Mention(("questions", factor.value, "prompt"), q.prompt) for factor, q in questions)
        return (*asked, *super().mentions())

    def opening(self) -> tuple[str, ...]:
        """Return the question that is preferred."""
        return (next(iter(self.questions.values())).prompt,)

    def asks(self, scene: Scene) -> Sequence[Ask]:
        """Return the one factor that is asked for."""
        factor = self._chosen(scene)
        if factor is None:
            raise FlowError("a factor was about to be asked for that this customer does not have")
        question = self.questions[factor]
        length = question.length
        return (Ask(_HANDLE, question.prompt, length.least, length.most, secret=True),)

    def enter(self, scene: Scene) -> Actions:
        """Ask, if there is anything to ask for."""
        return (Go(self.unavailable),) if self._chosen(scene) is None else super().enter(scene)

    def completed(self, scene: Scene) -> Actions:
        """Have it compared."""
        return (Perform(CheckFactor(0, self._chosen(scene) or Factor.PIN, _HANDLE)),)

    def resulted(self, scene: Scene, result: str) -> Actions:
        """Go on, ask again, or give up."""
        match result:
            case "match":
                return (RaiseTier(ContentTier.VERIFIED, self._chosen(scene)), Go(self.match))
            case "no_match":
                return self.mismatched(scene)
            case "locked":
                return (Go(self.locked),)
            case "unavailable":
                return (Go(self.unavailable),)
        raise FlowError(f"a factor can't end in {result!r}; its results are {CheckFactor.results}")

    def _chosen(self, scene: Scene) -> Factor | None:
        offered = look_up(scene.variables, "verification.factors")
        names = offered if isinstance(offered, list | tuple) else ()
        return next((factor for name in names for factor in self.questions if factor == name), None)
