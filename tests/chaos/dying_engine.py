"""`ivr`, killed with -9 at a point of its first payment, vault stay or talk outside, or after an opt-out.

`python -m tests.chaos.dying_engine POINT run …`
"""

from __future__ import annotations

import functools
import os
import signal
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from ivr.cli import main
from ivr.engine import carry_out_effect, hand_to_vault, pay, transfer_out
from ivr.engine.forward_alert import forward_alert
from ivr.engine.opt_out import carry_out_opt_out
from ivr.gateways.sandbox import SandboxGateway
from ivr.store.payments import SqlPayments
from ivr.telephony.ari_call import AriCall
from ivr.telephony.queue_transfer import QueueTransfer


def _die(*_: object, **__: object) -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("a process outlived SIGKILL")


def _dies_after(step: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(step)
    async def dying(*given: object, **named: object) -> None:
        await step(*given, **named)
        _die()

    return dying


POINTS: dict[str, tuple[object, str, Callable[..., Any]]] = {
    "before-row": (SqlPayments, "open_intent", _die),
    "before-create": (SandboxGateway, "create", _die),
    "before-id-stored": (SandboxGateway, "create", _dies_after(SandboxGateway.create)),
    "before-confirm": (SandboxGateway, "confirm", _die),
    "before-result-stored": (SandboxGateway, "confirm", _dies_after(SandboxGateway.confirm)),
    "after-result-stored": (pay, "_done", _die),
}
"""Where the engine dies: what is replaced, and by what."""
VAULT_POINTS: dict[str, tuple[object, str, Callable[..., Any]]] = {
    "before-hand-over": (hand_to_vault, "reference_of", _die),
    "back-from-the-vault": (hand_to_vault, "_fetch", _die),
    "before-the-card-is-kept": (hand_to_vault, "_keep", _die),
    "after-the-card-is-kept": (
        carry_out_effect,
        "hand_to_vault",
        _dies_after(hand_to_vault.hand_to_vault),
    ),
}
"""The same for a stay at the vault."""
OUTSIDE_POINTS: dict[str, tuple[object, str, Callable[..., Any]]] = {
    "before-dialling": (transfer_out, "_refused", _die),
    "ringing": (AriCall, "transfer_out", _dies_after(AriCall.transfer_out)),
    "back": (QueueTransfer, "result_on_return", _die),
}
"""The same for a call that is connected with a number outside."""
AFTER_OPT_OUT = "after-opt-out"
AFTER_FORWARD = "after-forward"
_EVERY_POINT = {
    **POINTS,
    **VAULT_POINTS,
    **OUTSIDE_POINTS,
    AFTER_OPT_OUT: (carry_out_effect, "carry_out_opt_out", _dies_after(carry_out_opt_out)),
    AFTER_FORWARD: (carry_out_effect, "forward_alert", _dies_after(forward_alert)),
}


if __name__ == "__main__":
    owner, name, replacement = _EVERY_POINT[sys.argv.pop(1)]
    setattr(owner, name, replacement)
    main()
