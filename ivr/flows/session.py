"""A session: one person's way through a flow, as a pure fold over events.

Every call depends on nothing but its arguments and what the session was made of, so that a phone, a browser,
a terminal and a test drive the same engine, and any state can be written down and gone on from.

Keys pressed ahead are kept for the next question, with two exceptions, where a key that was meant for
something else would cost money or end our right to call: they never confirm a payment and never opt out.
Keys pressed while an effect is open mean nothing.

A call screener hears the first words of the call again and again, for the time that the flow's manners say,
and no message. A machine that records gets the message of the flow's compliance profile, and nothing else
from there on. Whoever presses a key meanwhile is a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ivr.errors import FlowError
from ivr.flows import machine, walk
from ivr.flows.catalogue import PromptCatalogue
from ivr.flows.commands import Hangup
from ivr.flows.draft import Draft
from ivr.flows.events import (
    AnswererHeard,
    AnswererSpeaks,
    EffectDone,
    FlowEvent,
    HungUp,
    Pressed,
    SettledElsewhere,
    SpeechEnded,
    TimedOut,
)
from ivr.flows.flow import Flow
from ivr.flows.graph import flows_within
from ivr.flows.keyed import Keyed
from ivr.flows.on_the_line import OnTheLine, told_by
from ivr.flows.repertoire import Repertoire
from ivr.flows.state import SessionState
from ivr.flows.turn import Turn
from ivr.flows.variables import Variables
from ivr.prompts.content_tier import ContentTier
from ivr.tempo import Tempo

NO_FLOWS: Mapping[str, Flow] = MappingProxyType({})


class Session:
    """A flow, ready to be walked by one person.

    `variables` holds the namespaces of ivr.flows.variables; `language` is ISO 639-1 and falls back to the
    flow's first language. FlowError from any method means that the flow or its prompts could not be carried
    out with these variables: the host reports it and ends the call by `give_up`.
    """

    def __init__(
        self,
        flow: Flow,
        catalogue: PromptCatalogue,
        variables: Variables,
        language: str,
        flows: Mapping[str, Flow] = NO_FLOWS,
        voicemail: str | None = None,
        tempo: Tempo = Tempo.USUAL,
    ) -> None:
        self.flow = flow
        self.flows = flows
        """Those that an enter_flow node may name."""
        self.voicemail = voicemail
        """The prompt that a machine records; None: nothing is left on one, and it hears what silence
        hears."""
        self.catalogue = catalogue
        self.variables = variables
        self.language = language if language in flow.languages else flow.languages[0]
        self.tempo = tempo
        """How fast the call begins."""
        self._repertoire = Repertoire(flow, flows)
        # What every event asks for, once: attributes of a pydantic model are slow.
        self._version = flow.version
        self._steps_allowed = flow.limits.steps
        self._seconds_allowed = flow.limits.seconds

    def start(self) -> Turn:
        """Begin at the flow's first node; called when the call is answered."""
        if self.flow.entered_at > ContentTier.ANYONE:
            raise FlowError(f"flow {self.flow.name!r} is only for being entered by another flow")
        draft = self._before_it_begins()
        walk.begin(draft)
        return draft.turn()

    def resume(self, state: SessionState, event: FlowEvent, elapsed: float = 0.0) -> Turn:
        """Go on with what happened; `elapsed` is seconds since the answer, for the flow's time limit.

        Events that nothing waits for (an end of speech that was cut, a late time-out) change nothing.
        """
        draft = self._draft(state, elapsed)
        match event:
            case SpeechEnded():
                walk.speech_ended(draft, event.say_id)
            case Pressed():
                walk.pressed(draft, event.digit)
            case TimedOut():
                walk.timed_out(draft)
            case EffectDone():
                walk.effect_done(draft, event)
            case HungUp():
                walk.hung_up(draft, is_settled_elsewhere=event.is_settled_elsewhere)
            case AnswererHeard():
                walk.answerer_heard(draft, event.answered_by)
            case AnswererSpeaks():
                machine.machine_speaks(draft)
            case SettledElsewhere():
                walk.settled_elsewhere(draft)
        return draft.turn()

    def pick_up(self, state: SessionState, *, is_elsewhere: bool = False) -> Turn:
        """Go on after a drop of the engine, from the last checkpoint: apologise, then the step anew.

        An effect that was open is asked for again under its old effect_id. `is_elsewhere`: a queue or
        somebody outside has the call; an open transfer goes on, however often the engine drops meanwhile.
        """
        if state.is_over:
            return Turn((Hangup("over before the interruption"),), None, state)
        draft = self._draft(state)
        walk.pick_up(draft, is_elsewhere=is_elsewhere)
        return draft.turn()

    def give_up(self, state: SessionState | None, reason: str) -> Turn:
        """Say good-bye and end, from the last good state: what the host does about a FlowError.

        Without a state, it could not even begin.
        """
        draft = self._before_it_begins() if state is None else self._draft(state)
        walk.give_up(draft, reason)
        return draft.turn()

    def is_private(self, state: SessionState) -> bool:
        """Whether what is keyed and said in this state is to be in no recording."""
        return not state.is_over and self._flow_of(state).nodes[state.node].is_private

    @property
    def at_first(self) -> OnTheLine:
        """Who is on the line as the call begins."""
        return told_by(self.variables)

    def _before_it_begins(self) -> Draft:
        draft = self._draft(self.flow.before_start)
        draft.line = self.at_first
        draft.language, draft.tempo = self.language, self.tempo
        if any(flow.asks_for_secrets for flow in flows_within(self.flow, self.flows)):
            draft.keyed = Keyed(private=True)
        return draft

    def _draft(self, state: SessionState, elapsed: float = 0.0) -> Draft:
        flow = self.flow
        if state.frames or state.flow_version != self._version:
            flow = self._flow_of(state)
        steps_allowed = 0 if elapsed > self._seconds_allowed else self._steps_allowed
        return Draft(
            state,
            self._repertoire,
            flow,
            steps_allowed,
            elapsed,
            self.catalogue,
            self.variables,
            self.voicemail,
        )

    def _flow_of(self, state: SessionState) -> Flow:
        """Return the flow that the state is in; raises FlowError when a flow has changed since."""
        if state.root != (self.flow.name, self.flow.version):
            raise FlowError(
                f"a session of flow {state.root[0]!r} ({state.root[1]}) can't go on with "
                f"{self.flow.name!r} ({self.flow.version})"
            )
        return self._repertoire.of_version(state.flow, state.flow_version)
