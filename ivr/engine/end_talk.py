"""End a talk whose call ended while no engine lived, from its last checkpoint."""

from __future__ import annotations

import structlog

from ivr.accounts.suppression import KEYPAD
from ivr.engine.content import Contents
from ivr.engine.forward_alert import forwarded
from ivr.engine.opt_out import carry_out_opt_out
from ivr.engine.pay import payment_result
from ivr.engine.record_voice import recorded
from ivr.engine.run_flow import Talk
from ivr.engine.settle_once import is_settled_elsewhere
from ivr.engine.was_taken import served
from ivr.engine.world import World
from ivr.engine.wrap_up import wrap_up
from ivr.errors import FlowError
from ivr.flows.effects import (
    ForwardAlert,
    OptOut,
    Pay,
    RecordVoice,
    TellDisposition,
    Transfer,
    TransferOut,
)
from ivr.flows.events import EffectDone, FlowEvent, HungUp
from ivr.flows.session import Session
from ivr.flows.settling import too_late
from ivr.flows.state import SessionState

log = structlog.get_logger()


async def end_talk(
    world: World,
    contents: Contents,
    call_id: str,
    session: Session,
    talk: Talk,
    source: str = KEYPAD,
) -> None:
    """Bring `talk` to the state that it would have come to, had somebody seen the call end.

    An effect that was open is not begun anew, because nobody is there to hear of it; but a payment that went
    through counts, so do an alert that was passed on and a talk with somebody who took the call, a wish not
    to be called is carried out, and what was said is kept; an agent's word, too.
    """
    if talk.state is None:
        return
    done = await _result(world, contents, call_id, talk.state, source)
    try:
        state = await _gone_on(world, call_id, session, talk.state, done) if done else talk.state
        talk.state = await _gone_on(world, call_id, session, state, HungUp())
    except FlowError as error:
        # The flow is another one by now: what was meant up to the checkpoint stands.
        log.warning("a talk could not be ended", call=call_id, error=str(error))


async def _gone_on(
    world: World, call_id: str, session: Session, state: SessionState, event: FlowEvent
) -> SessionState:
    """Return the state after an event, or after its coming too late to settle the matter."""
    after = session.resume(state, event).state
    is_late = len(after.responses) > len(state.responses) and await is_settled_elsewhere(
        world, call_id, state, after
    )
    return session.resume(state, too_late(event)).state if is_late else after


async def _result(
    world: World,
    contents: Contents,
    call_id: str,
    state: SessionState,
    source: str,
) -> EffectDone | None:
    match state.effect:
        case Pay() as payment:
            return await payment_result(world, contents, call_id, payment)
        case OptOut() as wish:
            return await carry_out_opt_out(world, state.line, wish, source)
        case RecordVoice() as begun:
            return await recorded(world, call_id, begun)
        case TellDisposition() as word:
            return await wrap_up(world, contents, call_id, word)
        case ForwardAlert() as begun:
            return await forwarded(world, call_id, begun)
        case Transfer() | TransferOut():
            return served(state)
        case _:
            return None
