"""The working copy of a state during one call of a session, and the commands that this call brings."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from ivr.errors import FlowError
from ivr.flows.catalogue import PromptCatalogue
from ivr.flows.commands import (
    Checkpoint,
    Command,
    Hangup,
    Note,
    OptOut,
    Pay,
    Respond,
    Say,
    StopSpeech,
    Transfer,
)
from ivr.flows.state import AfterSpeech, KeysDuring, Phase, SessionState
from ivr.flows.turn import Turn, Wait
from ivr.flows.variables import Variables
from ivr.outcomes.response import Effect, Response

_CONCLUSIVE = {
    Response.WRONG_PERSON,
    Response.WRONG_NUMBER,
    Response.NO_INPUT,
    Response.NO_MATCH,
    Response.PAYMENT_UNKNOWN,
}
"""Neutral responses that say how the call went: a hang-up after them adds nothing."""


def concludes(response: Response) -> bool:
    """Say whether a hang-up after `response` is only the end of the call."""
    return response.effect is not Effect.NEUTRAL or response in _CONCLUSIVE


_SILENT = (StopSpeech, Respond, Note)
"""Commands that may come before the state is stored."""


class Draft:
    """A state that is being changed. It lives for one call and never leaves it."""

    def __init__(self, state: SessionState, catalogue: PromptCatalogue, variables: Variables) -> None:
        self._before = state
        self._catalogue = catalogue
        self._given = variables
        self._to_be_stored = False
        self._commands: list[Command] = []
        self.node = state.node
        self.phase = state.phase
        self.tier = state.tier
        self.memory = state.memory
        self.keyed = state.keyed
        self.gathered = state.gathered
        self.result = state.result
        self.responses = state.responses
        self.visits = state.visits
        self.steps = state.steps
        self.last_id = state.last_id
        self.keys_during = state.keys_during
        self.after_speech = state.after_speech
        self.say_id = state.say_id
        self.effect = state.effect
        self.timeout = state.timeout
        self.end_reason = state.end_reason
        self.pick_ups = state.pick_ups

    @property
    def variables(self) -> Variables:
        """What prompts and conditions speak of: the host's namespaces and the session's own two."""
        return {**self._given, "result": self.result, "gathered": self.gathered}

    def next_id(self) -> int:
        """Return an id that no Say and no effect of this session had."""
        self.last_id += 1
        return self.last_id

    def say(self, prompts: tuple[str, ...], keys: KeysDuring, after: AfterSpeech) -> None:
        """Put prompts on the line; raises FlowError for one above the listener's content tier."""
        for name in prompts:
            if self._catalogue.tier(name) > self.tier:
                raise FlowError(f"prompt {name!r} was about to be said in node {self.node!r} before its tier")
        variables = self.variables
        language = self._before.language
        segments = tuple(
            segment for name in prompts for segment in self._catalogue.render(name, language, variables)
        )
        self.say_id = self.next_id()
        self.phase, self.keys_during, self.after_speech = Phase.SPEECH, keys, after
        self._commands.append(Say(self.say_id, segments, self.node))

    def cut_speech(self) -> None:
        """Take what is on the line off it."""
        if self.say_id is not None:
            self._commands.append(StopSpeech(self.say_id))
            self.say_id = None

    def listen(self, seconds: float) -> None:
        """Wait for a key."""
        self.phase, self.timeout = Phase.KEY, seconds

    def ask_for(self, effect: Pay | OptOut | Transfer) -> None:
        """Ask the host for an effect, with the state stored before."""
        self.checkpoint()
        self.phase, self.effect = Phase.EFFECT, effect
        self._commands.append(effect)

    def respond(self, response: Response, details: Mapping[str, object]) -> None:
        """Report what the person meant, and have it stored when it concludes something."""
        self.responses = (*self.responses, (response, details))
        self._commands.append(Respond(response, self.node, details))
        if concludes(response):
            self.checkpoint()

    def note(self, kind: str, detail: Mapping[str, object]) -> None:
        """Write a step into the call's log."""
        self._commands.append(Note(self.node, kind, detail))

    def checkpoint(self) -> None:
        """Have the state that this call ends with stored."""
        self._to_be_stored = True

    def hang_up(self, reason: str) -> None:
        """End the call."""
        self.phase = Phase.OVER
        self._commands.append(Hangup(reason))

    def turn(self) -> Turn:
        """Put the state together and say what is waited for."""
        return Turn(self._ordered(), self._wait(), self._state())

    def _ordered(self) -> tuple[Command, ...]:
        """Return the commands; the state is stored before anything is heard, done or ended."""
        if not self._to_be_stored:
            return tuple(self._commands)
        silent = tuple(itertools.takewhile(lambda command: isinstance(command, _SILENT), self._commands))
        return (*silent, Checkpoint(), *self._commands[len(silent) :])

    def _wait(self) -> Wait | None:
        if self.phase is Phase.OVER:
            return None
        return Wait(self.timeout if self.phase is Phase.KEY else None)

    def _state(self) -> SessionState:
        before = self._before
        return SessionState(
            flow=before.flow,
            flow_version=before.flow_version,
            node=self.node,
            phase=self.phase,
            language=before.language,
            tier=self.tier,
            memory=self.memory,
            keyed=self.keyed,
            gathered=self.gathered,
            result=self.result,
            responses=self.responses,
            visits=self.visits,
            steps=self.steps,
            last_id=self.last_id,
            keys_during=self.keys_during,
            after_speech=self.after_speech,
            say_id=self.say_id,
            effect=self.effect,
            timeout=self.timeout,
            end_reason=self.end_reason,
            pick_ups=self.pick_ups,
        )
