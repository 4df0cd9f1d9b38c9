"""What called parties do, one kind to a file: a line of YAML and the coroutine that lives through a call."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from ivr.carrier.behaviours.answers import Answers
from ivr.carrier.behaviours.auto_attendant import AutoAttendant
from ivr.carrier.behaviours.blocks import Blocks
from ivr.carrier.behaviours.busy import Busy
from ivr.carrier.behaviours.congestion import Congestion
from ivr.carrier.behaviours.fax import Fax
from ivr.carrier.behaviours.intercept import Intercept
from ivr.carrier.behaviours.never_answers import NeverAnswers
from ivr.carrier.behaviours.no_such_number import NoSuchNumber
from ivr.carrier.behaviours.rejects import Rejects
from ivr.carrier.behaviours.screener import Screener
from ivr.carrier.behaviours.vault import Vault
from ivr.carrier.behaviours.voicemail import Voicemail


def _kind_alone(value: object) -> object:
    """Let `does: busy` stand for `does: {kind: busy}`."""
    return {"kind": value} if isinstance(value, str) else value


Behaviour = Annotated[
    Annotated[
        Answers
        | AutoAttendant
        | Blocks
        | Busy
        | Congestion
        | Fax
        | Intercept
        | NeverAnswers
        | NoSuchNumber
        | Rejects
        | Screener
        | Vault
        | Voicemail,
        Field(discriminator="kind"),
    ],
    BeforeValidator(_kind_alone),
]
"""One of the kinds, chosen by `kind`."""
