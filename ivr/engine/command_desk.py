"""An agent on a telephone elsewhere logs in or out, pauses or resumes, by an id and a PIN.

The telephone that calls proves nothing: anybody can show any number. What was keyed is compared with a hash,
in a limited number of tries, and is in no log, row or event.
"""

from __future__ import annotations

import structlog

from ivr.engine.host import Host
from ivr.engine.lockout import Lockout
from ivr.engine.pin_hash import is_pin
from ivr.engine.ports import Transaction
from ivr.engine.ports.desk_agents import DeskAgent
from ivr.flows.effects import CommandDesk, DeskCommand
from ivr.flows.events import EffectDone
from ivr.flows.state import SessionState

log = structlog.get_logger()

_REASONS = {DeskCommand.LOG_OUT: "logged out", DeskCommand.PAUSE: "by telephone"}
"""Why the queues pass over an agent; without one they ring them."""


async def command_desk(host: Host, effect: CommandDesk, state: SessionState) -> EffectDone:
    """Do it for whoever knows id and PIN, and count what was wrong over all calls."""
    agent_id, pin = (state.keyed.secrets[name].digits for name in (effect.agent, effect.secret))
    agent = await host.world.store.read(lambda tx: tx.desk_agents.get(agent_id))
    is_right = agent is not None and await is_pin(agent.pin_hash, pin)
    door, now = _door(state, agent), host.world.clock()

    def judge(tx: Transaction) -> str:
        stands = tx.lockouts.get(door)
        if stands.is_locked(now):
            return "locked"
        tx.lockouts.put(door, Lockout() if is_right else stands.after_failure(now))
        return "match" if is_right else "no_match"

    result = await host.world.store.write(judge)
    if result == "match" and agent is not None:
        result = await _carry_out(host, effect.command, agent.number)
    log.info("an agent's telephone", command=effect.command.value, call=host.call.call_id, result=result)
    return EffectDone(effect.effect_id, result)


def _door(state: SessionState, agent: DeskAgent | None) -> str:
    """Return what is locked: the agent of that id; for an id of nobody, the telephone that calls."""
    return f"desk:{state.line.number or 'withheld'}" if agent is None else f"agent:{agent.number}"


async def _carry_out(host: Host, command: DeskCommand, number: str) -> str:
    staffing = host.world.staffing
    told = None if staffing is None else await staffing.set_pause(number, _REASONS.get(command))
    if told is None:
        return "failed"
    return "done" if told else "no_queue"
