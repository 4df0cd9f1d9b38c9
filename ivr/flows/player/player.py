"""The telephone: carries a session's commands out as steps of a talk, and feeds moves back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ivr.calls.answered_by import AnsweredBy
from ivr.errors import FlowError
from ivr.flows.commands import Hangup, PlayRecording, Respond, Say, StopSpeech
from ivr.flows.events import AnswererHeard, FlowEvent, HungUp, Pressed, SpeechEnded, TimedOut
from ivr.flows.player.answers import answer, check_chosen
from ivr.flows.player.moves import HangUp, Move, Press, Screen, SettleElsewhere, StaySilent
from ivr.flows.player.talk import Heard, Step, TalkStep, effect_details
from ivr.flows.session import Session
from ivr.flows.settling import settling, too_late
from ivr.flows.spoken_time import seconds_of
from ivr.flows.state import Phase, SessionState
from ivr.flows.turn import Turn


class Player:
    """One call of a session, from its answer on. Time is hurried: nothing is waited for."""

    def __init__(self, session: Session, results: Mapping[str, str]) -> None:
        """Answer the telephone; `results` says by an effect's name what it ends in: `{"pay": "declined"}`.

        Raises UsageError for a result that no effect has.
        """
        check_chosen(results)
        self._session = session
        self._results = results
        self._on_the_line: Say | PlayRecording | None = None
        self._is_settled_elsewhere = False
        self.seconds = 0.0
        """How long the call would have taken so far; speech is estimated."""
        self.talk: list[TalkStep] = []
        try:
            self._turn = session.start()
        except FlowError as error:
            self._break(None, error)
        self._carry_out()

    @property
    def is_over(self) -> bool:
        """Whether the call has ended."""
        return self._turn.wait is None

    def play(self, moves: Iterable[Move]) -> None:
        """Make the moves while the call lasts, then hear what is left to be heard."""
        for move in moves:
            self.make(move)
        self.listen()

    def make(self, move: Move) -> None:
        """Do what a person does; all that is said is heard before, unless a key or a verdict cuts in."""
        if not (isinstance(move, Screen) or (isinstance(move, Press) and move.cuts_in)):
            self.listen()
        if self.is_over:
            return
        match move:
            case Press():
                self._note("presses", move.key, **({"cuts_in": True} if move.cuts_in else {}))
                self._feed(Pressed(move.key))
            case StaySilent():
                timeout = self._turn.wait.timeout if self._turn.wait else None
                self._note("stays_silent", timeout)
                self.seconds += timeout or 0.0
                self._feed(TimedOut())
            case HangUp():
                self._note("hangs_up", True)
                self._feed(HungUp())
            case Screen():
                self._note("screens", True)
                self._feed(AnswererHeard(AnsweredBy.SCREENER))
            case SettleElsewhere():
                self._note("settled", "elsewhere")
                self._is_settled_elsewhere = True

    def listen(self) -> None:
        """Hear everything until a key is waited for or the call is over."""
        while self._on_the_line is not None and not self.is_over:
            said, self._on_the_line = self._on_the_line, None
            if isinstance(said, Say):
                self.seconds += seconds_of(segment.text for segment in said.segments)
            self._feed(SpeechEnded(said.say_id))

    def _feed(self, event: FlowEvent) -> None:
        before = self._turn
        try:
            self._turn = self._resumed(before.state, event)
        except FlowError as error:
            self._break(before.state, error)
        self._carry_out()

    def _resumed(self, state: SessionState, event: FlowEvent) -> Turn:
        """Go on with what happened; where it comes too late to settle the matter, with that."""
        turn = self._session.resume(state, event, self.seconds)
        meant = settling(state, turn.state) if self._is_settled_elsewhere else None
        if meant is not None and meant.is_once:
            return self._session.resume(state, too_late(event), self.seconds)
        return turn

    def _break(self, before: SessionState | None, error: FlowError) -> None:
        """Do what the engine does about a flow that can't go on: say good-bye."""
        self._note("breaks", str(error))
        self._turn = self._session.give_up(before, str(error))

    def _carry_out(self) -> None:
        """Take the turn's commands, and those of the turns that results of effects bring."""
        for command in self._turn.commands:
            match command:
                case Say():
                    self._on_the_line = command
                    self.talk.append(Heard(command))
                case PlayRecording():
                    self._on_the_line = command
                    self._note("plays", command.recording)
                case StopSpeech():
                    self._cut()
                case Respond():
                    details = {"details": dict(command.details)} if command.details else {}
                    self._note("responds", command.response.value, **details)
                case Hangup():
                    self._note("ends", command.reason)
                case _:
                    pass
        effect = self._turn.state.effect
        if self._turn.state.phase is Phase.EFFECT and effect is not None:
            done = answer(effect, self._results, self._session.variables)
            self._note("does", effect.kind, **{"with": effect_details(effect), "result": done.result})
            self._feed(done)

    def _cut(self) -> None:
        self._on_the_line = None
        for index in range(len(self.talk) - 1, -1, -1):
            step = self.talk[index]
            if isinstance(step, Heard):
                self.talk[index] = step.cut()
                return

    def _note(self, kind: str, value: object, **more: object) -> None:
        self.talk.append(Step(kind, value, more))
