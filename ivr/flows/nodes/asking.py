"""What nodes that ask a question share: the prompt, silence, wrong keys, repeating, a key's choice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ivr.flows.actions import Action, Actions, Answer, Finish, ForgetKeys, Go, Listen, Record, Remember, Speak
from ivr.flows.choice import Choice, Key, NodeName, PromptName
from ivr.flows.nodes.base import BaseNode, Edge, Mention
from ivr.flows.scene import Scene
from ivr.flows.state import KeysDuring
from ivr.outcomes.response import Response


class Unanswered(BaseModel):
    """What is done about silence or a wrong key."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    prompt: PromptName | None = Field(default=None, description="said before the question is asked again")
    to: NodeName | None = Field(
        default=None, description="where to go in the end; without it: the flow's good-bye, and hang up"
    )


class AskingNode(BaseNode):
    """A question that one key answers."""

    prompt: PromptName
    no_input: Unanswered = Field(default=Unanswered(), description="after silence")
    no_match: Unanswered = Field(default=Unanswered(), description="after a key that means nothing here")
    attempts: int | None = Field(
        default=None, ge=1, le=10, description="wrong keys until we give up, if not the flow's number"
    )
    repeat: Key | None = Field(default=None, description="the key that asks the question once more")

    def own_choices(self) -> Mapping[str, Choice]:
        """Return what this node's own keys lead to."""
        raise NotImplementedError

    def key_fields(self) -> Iterator[tuple[str, str]]:
        """Yield (field, key) for every key that the node takes."""
        for key in self.own_choices():
            yield "keys", key
        if self.repeat is not None:
            yield "repeat", self.repeat

    @model_validator(mode="after")
    def _keys_differ(self) -> AskingNode:
        owners: dict[str, str] = {}
        for field, key in self.key_fields():
            if key in owners:
                raise ValueError(
                    f"key {key} means both `{owners[key]}` and `{field}`; give one of them another key"
                )
            owners[key] = field
        return self

    def edges(self) -> tuple[Edge, ...]:
        """Return where silence and wrong keys lead; the keys' own edges come from each node type."""
        unanswered = (("no_input", self.no_input), ("no_match", self.no_match))
        return tuple(Edge((name, "to"), field.to) for name, field in unanswered if field.to is not None)

    def mentions(self) -> tuple[Mention, ...]:
        """Return the question and what is said before it is asked again."""
        unanswered = (("no_input", self.no_input), ("no_match", self.no_match))
        again = (Mention((n, "prompt"), field.prompt) for n, field in unanswered if field.prompt is not None)
        return (Mention(("prompt",), self.prompt), *again)

    def enter(self, scene: Scene) -> Actions:  # noqa: ARG002 (asking depends on nothing)
        """Ask."""
        return (self._ask(),)

    def spoken(self, scene: Scene) -> Actions:
        """Wait for the answer."""
        return (Listen(scene.manners.first_key),)

    def pressed(self, scene: Scene, digit: str) -> Actions:
        """Follow the key, repeat, or ask again."""
        if digit == self.repeat:
            return (Answer(Response.REPEATED), self._ask())
        choice = self.choice_for(scene, digit)
        return self._mismatch(scene) if choice is None else choice.taken(digit)

    def choice_for(self, scene: Scene, digit: str) -> Choice | None:
        """Return what a key leads to: the node's own first, then the whole flow's."""
        return self.own_choices().get(digit) or scene.keys.get(digit)

    def silent(self, scene: Scene) -> Actions:
        """Ask again, or give up."""
        memory = replace(scene.memory, silences=scene.memory.silences + 1)
        record = Record("no_input", {"time": memory.silences})
        if memory.silences < scene.manners.silences:
            return (record, Remember(memory), self._ask(self.no_input.prompt))
        return (record, Answer(Response.NO_INPUT), _give_up(self.no_input, "no input"))

    def _mismatch(self, scene: Scene) -> Actions:
        memory = replace(scene.memory, mismatches=scene.memory.mismatches + 1)
        # The key itself is not recorded: somebody may be keying a secret in the wrong place.
        record = Record("no_match", {"time": memory.mismatches})
        # What was pressed after a wrong key answered a question that was never reached.
        if memory.mismatches < (self.attempts or scene.manners.attempts):
            return (record, ForgetKeys(), Remember(memory), self._ask(self.no_match.prompt))
        return (record, ForgetKeys(), Answer(Response.NO_MATCH), _give_up(self.no_match, "no match"))

    def _ask(self, before: str | None = None) -> Speak:
        prompts = (self.prompt,) if before is None else (before, self.prompt)
        return Speak(prompts, KeysDuring.ANSWER)


def _give_up(unanswered: Unanswered, reason: str) -> Action:
    return Finish(reason, politely=True) if unanswered.to is None else Go(unanswered.to)
