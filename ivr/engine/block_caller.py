"""Tell whether a number may call us now; block one that calls or guesses too much."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from ivr.calls.caller_block import BY_ITSELF, BlockTerms, CallerBlock
from ivr.engine.ports import Transaction

log = structlog.get_logger()

AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)


def block_of_caller(
    tx: Transaction, terms: BlockTerms, number: str | None, dialled: str, now: datetime
) -> CallerBlock | None:
    """Return the block that a caller is under, be it from now on, and count the call; None: they may call.

    Who withholds the number is under none: all of them would share it. Neither is who dials a short code, for
    those are our own telephones.
    """
    if number is None or not dialled.startswith("+"):
        return None
    if (standing := tx.caller_blocks.of(number, now)) is not None:
        tx.caller_blocks.called(number, now)
        return standing
    calls = tx.calls.count_from(number, now - AN_HOUR) + 1
    reason = terms.excess(calls, tx.caller_blocks.failures_since(number, now - A_DAY))
    if reason is None:
        return None
    block = CallerBlock(number, now, now + terms.lasts, reason, BY_ITSELF)
    tx.caller_blocks.place(block)
    tx.caller_blocks.called(number, now)
    log.warning("a number is blocked", number=number, reason=reason, until=str(block.until))
    return block
