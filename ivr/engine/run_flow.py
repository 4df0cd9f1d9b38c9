"""Lead one call through its flow: fold events into turns, carry out each turn's commands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from ivr.engine.carry_out_effect import carry_out_effect
from ivr.engine.host import Host
from ivr.engine.ports import CallStep, Transaction
from ivr.engine.record_voice import forget_recording
from ivr.engine.settle_once import is_settled_elsewhere
from ivr.engine.speaking import Speaking
from ivr.engine.telephony import AgentTook
from ivr.engine.was_taken import served, taken
from ivr.engine.world import World
from ivr.errors import FencedError, FlowError
from ivr.flows.commands import (
    Checkpoint,
    Command,
    Hangup,
    Note,
    PlayRecording,
    Respond,
    Say,
    StopSpeech,
)
from ivr.flows.effects import RecordVoice, Transfer, TransferOut
from ivr.flows.events import FlowEvent, HungUp
from ivr.flows.session import Session
from ivr.flows.settling import too_late
from ivr.flows.state import SessionState, dump_state, load_state
from ivr.flows.turn import Turn
from ivr.outcomes.response import Response

log = structlog.get_logger()


@dataclass(slots=True)
class Talk:
    """What a conversation has come to so far."""

    state: SessionState | None = None
    """The session's last state; None before its first turn."""
    steps: list[CallStep] = field(default_factory=list)
    """What happened and is not written yet."""
    written: int = 0
    """How many steps are written already: those before an agent was asked for, who is to know them."""

    @property
    def responses(self) -> tuple[tuple[Response, Mapping[str, object]], ...]:
        """What was meant, with details, in order."""
        return self.state.responses if self.state else ()


async def saved_talk(world: World, call_id: str, session: Session) -> Talk:
    """Return what a conversation had come to at its last checkpoint; an empty one without a checkpoint."""
    saved, written = await world.store.read(
        lambda tx: (tx.calls.checkpoint(call_id), tx.calls.step_count(call_id))
    )
    return Talk(load_state(saved, session.at_first) if saved else None, written=written)


async def run_flow(
    host: Host,
    session: Session,
    talk: Talk,
    answered_at: datetime,
    objection: str | None = None,
) -> None:
    """Talk until the flow or the other side ends the call; `talk` gathers what was meant as it goes.

    A talk that has a state already is picked up at its last confirmed step. With an `objection` nothing of
    the matter is said, only a good-bye. Whatever breaks is our mistake: it is logged, and the caller hears a
    good-bye. Raises FencedError alone: the call is another engine's then.
    """
    # What is logged by whoever is asked for something carries the call's id, too.
    with structlog.contextvars.bound_contextvars(call=host.call.call_id):
        try:
            await _lead(host, session, talk, answered_at, objection)
        except FencedError:
            raise
        except Exception as error:
            log.exception("the flow can't go on", flow=session.flow.name)
            await say_goodbye(host, session, talk, _reason(error))


async def say_goodbye(host: Host, session: Session, talk: Talk, reason: str) -> None:
    """End a call that can't go on, with the flow's good-bye where that can still be said.

    Raises FencedError alone: the call is another engine's then.
    """
    try:
        await _converse(host, session, talk, session.give_up(talk.state, reason), host.world.clock())
    except FencedError:
        raise
    except Exception:
        log.exception("not even a good-bye could be said", call=host.call.call_id)
    await host.call.hang_up()


def _reason(error: Exception) -> str:
    """Return what the call's log says: of an error that is none of ours nothing but its kind is known."""
    return str(error) if isinstance(error, FlowError) else f"broken down ({type(error).__name__})"


async def _lead(
    host: Host, session: Session, talk: Talk, answered_at: datetime, objection: str | None
) -> None:
    if talk.state is not None and isinstance(talk.state.effect, RecordVoice):
        await forget_recording(host, talk.state.effect)
    if talk.state is None:
        turn = session.start()
    else:
        turn = session.pick_up(talk.state, is_elsewhere=host.call.is_elsewhere)
    if objection is not None:
        turn = session.give_up(turn.state, objection)
    await _converse(host, session, talk, turn, answered_at)


async def _converse(host: Host, session: Session, talk: Talk, turn: Turn, answered_at: datetime) -> None:
    """Carry out turn after turn until the session is over."""
    conversation = _Conversation(host, talk, Speaking(host.call, host.world.speech))
    while True:
        talk.state = turn.state
        if host.recorder is not None:
            await host.recorder.heed(is_private=session.is_private(turn.state))
        event = await conversation.carry_out(turn)
        if turn.wait is None:
            return
        if event is None:
            event = await conversation.next_event(turn.wait.timeout)
        if isinstance(event, HungUp):  # before an open transfer was asked for again; it is told every time
            event = served(talk.state) or event
        elapsed = (host.world.clock() - answered_at).total_seconds()
        turn = await _resumed(host, session, talk.state, event, elapsed)


async def _resumed(
    host: Host, session: Session, state: SessionState, event: FlowEvent, elapsed: float
) -> Turn:
    """Go on with what happened; where it comes too late to settle the matter, with that."""
    turn = session.resume(state, event, elapsed)
    if len(turn.state.responses) == len(state.responses):
        return turn
    if await is_settled_elsewhere(host.world, host.call.call_id, state, turn.state):
        return session.resume(state, too_late(event), elapsed)
    return turn


@dataclass(slots=True)
class _Conversation:
    host: Host
    talk: Talk
    speaking: Speaking

    async def carry_out(self, turn: Turn) -> FlowEvent | None:
        """Carry out a turn's commands in order; return the result of its effect, if it is known at once."""
        result: FlowEvent | None = None
        for command in turn.commands:
            result = await self._perform(command, turn.state) or result
        return result

    async def next_event(self, within: float | None) -> FlowEvent:
        """Return the next thing that happens to the flow; who took the call is written down before."""
        while isinstance(event := await self.speaking.next_event(within), AgentTook):
            await self._taken(event)
        return event

    async def _taken(self, took: AgentTook) -> None:
        """Write down who took the call, and by which transfer; one that has its result already is left."""
        host, before = self.host, self.talk.state
        after = None if before is None else taken(before, took.agent)
        call_id, now = host.call.call_id, host.world.clock()

        def work(tx: Transaction) -> None:
            tx.calls.taken(call_id, took.agent, took.at)
            if after is not None and after is not before:
                tx.calls.save_checkpoint(call_id, dump_state(after), now)

        await host.world.store.write(work)
        self.talk.state = after

    async def _perform(self, command: Command, state: SessionState) -> FlowEvent | None:
        match command:
            case Say():
                await self.speaking.say(command.say_id, command.segments)
                self._note(command.node, "said", {"text": " ".join(s.text for s in command.segments)})
            case StopSpeech():
                await self.host.call.stop_playing(command.say_id)
            case Respond():
                meant = {"response": command.response.value, **command.details}
                self._note(command.node, "response", meant)
            case Note():
                self._note(command.node, command.kind, command.detail)
            case Checkpoint():
                await self._save(state)
            case PlayRecording():
                recording = self.host.world.recordings.file(command.recording)
                await self.host.call.play(command.say_id, [recording])
                self._note(command.node, "replayed", {"recording": command.recording})
            case Hangup():
                self._note("", "hangup", {"reason": command.reason})
                await self.host.call.hang_up()
            case Transfer() | TransferOut():
                await self._write_steps()
                return await carry_out_effect(self.host, command, state)
            case _:
                return await carry_out_effect(self.host, command, state)
        return None

    async def _write_steps(self) -> None:
        """Write what happened so far, for whoever takes the call."""
        talk, call_id = self.talk, self.host.call.call_id
        steps = tuple(talk.steps)
        await self.host.world.store.write(lambda tx: tx.calls.add_steps(call_id, steps))
        talk.written += len(steps)
        talk.steps.clear()

    async def _save(self, state: SessionState) -> None:
        text, now = dump_state(state), self.host.world.clock()
        call_id = self.host.call.call_id
        await self.host.world.store.write(lambda tx: tx.calls.save_checkpoint(call_id, text, now))

    def _note(self, node: str, kind: str, detail: Mapping[str, object]) -> None:
        step = CallStep(
            self.talk.written + len(self.talk.steps) + 1, self.host.world.clock(), node, kind, detail
        )
        self.talk.steps.append(step)
