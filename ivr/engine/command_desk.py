"""An agent on a telephone elsewhere logs in or out, pauses or resumes, by an id and a PIN.

The telephone that calls proves nothing: anybody can show any number. What was keyed is compared with a hash,
in a limited number of tries, and is in no log, row or event. Wrong ones lock an agent for the telephone that
keys them, so that nobody keeps agents from their work; only many, from several telephones, lock them for all.
"""

from __future__ import annotations

from hashlib import blake2b

import structlog

from ivr.engine.host import Host
from ivr.engine.lockout import Lockout
from ivr.engine.pin_hash import is_nobodys_pin, is_pin
from ivr.engine.ports import Transaction
from ivr.flows.effects import CommandDesk, DeskCommand
from ivr.flows.events import EffectDone
from ivr.flows.state import SessionState

log = structlog.get_logger()

_REASONS = {DeskCommand.LOG_OUT: "logged out", DeskCommand.PAUSE: "by telephone"}
"""Why the queues pass over an agent; without one they ring them."""


async def command_desk(host: Host, effect: CommandDesk, state: SessionState) -> EffectDone:
    """Do it for whoever knows id and PIN, and count what was wrong over all calls.

    The last wrong try is told that it is locked. An id of nobody fares as any other, and takes as long.
    """
    agent_id, pin = (state.keyed.secrets[name].digits for name in (effect.agent, effect.secret))
    agent = await host.world.store.read(lambda tx: tx.desk_agents.get(agent_id))
    is_right = await (is_nobodys_pin(pin) if agent is None else is_pin(agent.pin_hash, pin))
    now, wide = host.world.clock(), f"desk:{_mark(agent_id)}"
    door = f"{wide}:{state.line.number or 'withheld'}"

    def judge(tx: Transaction) -> str:
        for_all, stands = tx.lockouts.get(wide), tx.lockouts.get(door)
        if for_all.is_full(now) or stands.is_locked(now):
            return "locked"
        if is_right:
            tx.lockouts.put(door, Lockout())
            return "match"
        for_all, stands = for_all.after_failure_in_the_hour(now), stands.after_failure(now)
        tx.lockouts.put(wide, for_all)
        tx.lockouts.put(door, stands)
        return "locked" if for_all.is_full(now) or stands.is_locked(now) else "no_match"

    result = await host.world.store.write(judge)
    if result == "match" and agent is not None:
        result = await _carry_out(host, effect.command, agent.number)
    log.info("an agent's telephone", command=effect.command.value, call=host.call.call_id, result=result)
    return EffectDone(effect.effect_id, result)


def _mark(agent_id: str) -> str:
    """Return what stands for an id, ours or not: so little of a hash that no row tells what was keyed."""
    return blake2b(agent_id.encode(), digest_size=1).hexdigest()


async def _carry_out(host: Host, command: DeskCommand, number: str) -> str:
    staffing = host.world.staffing
    told = None if staffing is None else await staffing.set_pause(number, _REASONS.get(command))
    if told is None:
        return "failed"
    return "done" if told else "no_queue"
