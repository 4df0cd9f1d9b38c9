"""After a crash: the calls that came in, and whose end nobody saw."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import structlog

from ivr.calls.call_report import CallReport
from ivr.calls.call_result import CallResult
from ivr.engine.caller import caller_of
from ivr.engine.content import Contents
from ivr.engine.end_talk import end_talk
from ivr.engine.ports import NewCall
from ivr.engine.receive_call import close_received_call, received_before
from ivr.engine.run_flow import Talk, saved_talk
from ivr.engine.world import World

log = structlog.get_logger()


async def reconcile_received_calls(world: World, contents: Contents, live: Collection[str]) -> int:
    """Close each call that came in, has no end and is not among the `live` ones; return how many.

    Its end is read from the switch's own records; where they have none, it ended when nobody knows.
    """
    opened = await world.store.read(lambda tx: tx.calls.unended_inbound())
    over = [call for call in opened if call.id not in live]
    await close_received_calls(world, contents, over)
    return len(over)


async def close_received_calls(world: World, contents: Contents, over: Sequence[NewCall]) -> None:
    """Close calls that came in, are over and have no end yet."""
    if not over:
        return
    since = min(call.started_at for call in over)
    evidence = await world.records.evidence([call.id for call in over], since)
    for call in over:
        await _close(world, contents, call, evidence[call.id].report or _unseen_end(call, world))


async def _close(world: World, contents: Contents, opened: NewCall, report: CallReport) -> None:
    caller = await world.store.read(lambda tx: caller_of(tx, opened))
    try:
        talk = await _ended_talk(world, contents, opened)
    except Exception:
        # It is over, whatever was said: without its talk it is closed all the same.
        log.exception("the talk of a call that came in is lost", call=opened.id)
        talk = Talk()
    await close_received_call(world, contents, opened, caller, report, talk)


async def _ended_talk(world: World, contents: Contents, opened: NewCall) -> Talk:
    received = await received_before(world, contents, opened)
    talk = await saved_talk(world, opened.id, received.session)
    if talk.state is not None:
        await end_talk(world, contents, opened.id, received.session, talk)
    return talk


def _unseen_end(opened: NewCall, world: World) -> CallReport:
    return CallReport(opened.id, CallResult.ANSWERED, None, opened.started_at, world.clock())
