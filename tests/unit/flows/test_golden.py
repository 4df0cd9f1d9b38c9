"""The golden transcripts, held by the engine alone: its state goes through JSON wherever it is stored."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import Any

from ivr.flows.commands import Hangup, Respond, Say
from ivr.flows.events import FlowEvent, HungUp, Pressed, SpeechEnded, TimedOut
from ivr.flows.player.answers import answer
from ivr.flows.player.talk import Heard, effect_details, step_as_data
from ivr.flows.session import Session
from ivr.flows.settling import settling, too_late
from ivr.flows.state import Phase, dump_state, load_state
from ivr.flows.turn import Turn
from tests.golden.golden import each_golden_file, read_golden


class Call:
    """What a session does, as steps that are still to be compared."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._is_settled_elsewhere = False
        self._done: deque[dict[str, Any]] = deque()
        self._take(session.start())

    def happens(self, step: dict[str, Any]) -> None:
        """Hold one step of a golden talk."""
        if not step.get("cuts_in"):
            self.hears_out()
        if "presses" in step:
            self._feed(Pressed(step["presses"]))
        elif "stays_silent" in step:
            assert self._turn.wait is not None
            assert self._turn.wait.timeout == step["stays_silent"]
            self._feed(TimedOut())
        elif "hangs_up" in step:
            self._feed(HungUp())
        elif "settled" in step:
            self._is_settled_elsewhere = True
        else:
            self._is_next(step)

    def hears_out(self) -> None:
        """Hear to its end what is on the line and was compared."""
        said = self._turn.state.say_id
        if not self._done and said is not None and self._turn.state.phase is Phase.SPEECH:
            self._feed(SpeechEnded(said))

    def is_over(self) -> bool:
        return self._turn.wait is None and not self._done

    def _is_next(self, step: dict[str, Any]) -> None:
        """Compare a step with what the session did next; an effect gets its result."""
        assert self._done, "nothing more is said or done"
        found = self._done.popleft()
        assert found == {name: value for name, value in step.items() if name not in ("cut", "result")}
        effect = self._turn.state.effect
        if "does" in step and effect is not None:
            self._feed(answer(effect, {effect.kind: step["result"]}, self._session.variables))

    def _feed(self, event: FlowEvent) -> None:
        assert not self._done, "something was said or done before"
        state = self._turn.state
        written = load_state(dump_state(state))
        # Digits of a flow that asks for secrets stay in memory: the same process goes on.
        before = state if state.keyed.private else written
        turn = self._session.resume(before, event)
        meant = settling(before, turn.state) if self._is_settled_elsewhere else None
        if meant is not None and meant.is_once:
            turn = self._session.resume(before, too_late(event))
        self._take(turn)

    def _take(self, turn: Turn) -> None:
        self._turn = turn
        for command in turn.commands:
            if isinstance(command, Say):
                self._done.append(step_as_data(Heard(command)))
            elif isinstance(command, Respond):
                details = {"details": dict(command.details)} if command.details else {}
                self._done.append({"responds": command.response.value, **details})
            elif isinstance(command, Hangup):
                self._done.append({"ends": command.reason})
        effect = turn.state.effect
        if turn.state.phase is Phase.EFFECT and effect is not None:
            self._done.append({"does": effect.kind, "with": effect_details(effect)})


@each_golden_file
def test_the_engine_holds_it(file: Path) -> None:
    golden = read_golden(file)
    used = golden.used
    call = Call(Session(used.flow, used.catalogue, golden.variables, golden.language, used.flows))
    for step in golden.talk:
        call.happens(step)
    call.hears_out()
    assert call.is_over()
