"""A session: one person's way through a flow, as a pure fold over events.

Every call depends on nothing but its arguments and what the session was made of, so that a phone, a browser,
a terminal and a test drive the same engine, and any state can be written down and gone on from.

Keys pressed ahead are kept for the next question, with two exceptions, where a key that was meant for
something else would cost money or end our right to call: they never confirm a payment and never opt out.
Keys pressed while an effect is open mean nothing.

A call screener hears the first words of the call again and again, for the time that the flow's manners say,
and no message. Whoever presses a key meanwhile is a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ivr.errors import FlowError
from ivr.flows.catalogue import PromptCatalogue
from ivr.flows.commands import Hangup
from ivr.flows.draft import Draft
from ivr.flows.events import AnswererHeard, EffectDone, FlowEvent, HungUp, Pressed, SpeechEnded, TimedOut
from ivr.flows.flow import Flow
from ivr.flows.graph import flows_within
from ivr.flows.keyed import Keyed
from ivr.flows.stage import Stage
from ivr.flows.state import Phase, SessionState
from ivr.flows.turn import Turn
from ivr.flows.variables import Variables
from ivr.flows.walk import Walk
from ivr.prompts.content_tier import ContentTier

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
    ) -> None:
        self.flow = flow
        self.flows = flows
        """Those that an enter_flow node may name."""
        self.catalogue = catalogue
        self.variables = variables
        self.language = language if language in flow.languages else flow.languages[0]

    def start(self) -> Turn:
        """Begin at the flow's first node; called when the call is answered."""
        if self.flow.entered_at > ContentTier.ANYONE:
            raise FlowError(f"flow {self.flow.name!r} is only for being entered by another flow")
        walk = self._walk(self._before_it_begins())
        walk.begin()
        return walk.turn()

    def resume(self, state: SessionState, event: FlowEvent, elapsed: float = 0.0) -> Turn:
        """Go on with what happened; `elapsed` is seconds since the answer, for the flow's time limit.

        Events that nothing waits for (an end of speech that was cut, a late time-out) change nothing.
        """
        walk = self._walk(state, elapsed)
        match event:
            case Pressed():
                walk.pressed(event.digit)
            case SpeechEnded():
                walk.speech_ended(event.say_id)
            case TimedOut():
                walk.timed_out()
            case EffectDone():
                walk.effect_done(event)
            case HungUp():
                walk.hung_up()
            case AnswererHeard():
                walk.answerer_heard(event.answered_by)
        return walk.turn()

    def pick_up(self, state: SessionState) -> Turn:
        """Go on after a drop of the engine, from the last checkpoint: apologise, then the step anew.

        An effect that was open is asked for again under its old effect_id.
        """
        if state.is_over:
            return Turn((Hangup("over before the interruption"),), None, state)
        walk = self._walk(state)
        walk.pick_up()
        return walk.turn()

    def give_up(self, state: SessionState | None, reason: str) -> Turn:
        """Say good-bye and end, from the last good state: what the host does about a FlowError.

        Without a state, it could not even begin.
        """
        walk = self._walk(state or self._before_it_begins())
        walk.give_up(reason)
        return walk.turn()

    def _before_it_begins(self) -> SessionState:
        return SessionState(
            flow=self.flow.name,
            flow_version=self.flow.version,
            node=self.flow.start,
            phase=Phase.EFFECT,
            language=self.language,
            keyed=Keyed(private=any(flow.asks_for_secrets for flow in flows_within(self.flow, self.flows))),
        )

    def _walk(self, state: SessionState, elapsed: float = 0.0) -> Walk:
        flow = self.flow
        if state.flow_version == flow.version and state.flow == flow.name and not state.frames:
            return Walk(Stage(flow, self.flows, Draft(state, self.catalogue, self.variables), elapsed))
        if state.root != (flow.name, flow.version):
            raise FlowError(
                f"a session of flow {state.root[0]!r} ({state.root[1]}) can't go on with "
                f"{self.flow.name!r} ({self.flow.version})"
            )
        stage = Stage(self.flow, self.flows, Draft(state, self.catalogue, self.variables), elapsed)
        if stage.flow.version != state.flow_version:
            raise FlowError(f"flow {state.flow!r} is not the version that the call began with any more")
        return Walk(stage)
