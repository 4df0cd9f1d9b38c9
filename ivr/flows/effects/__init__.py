"""What a session asks its host to do in the world. Each is answered by EffectDone with one of its results.

At most one is open at a time. After a drop an open effect is asked for again under the same `effect_id`: the
host looks up what became of it before it does it a second time. None of them holds a keyed secret: where one
is needed, it is named by its handle, which `Keyed.secrets` of the turn's state leads to its digits.

`failure` is the result for "it could not be done", by a host that has no means for it too.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ivr.flows.effects.agents import (
    CheckStaffing,
    CommandDesk,
    DeskCommand,
    TellDisposition,
    Transfer,
    TransferOut,
)
from ivr.flows.effects.answers import DrawSample, KeepAnswer
from ivr.flows.effects.choices import ChooseAlert, NextAlert
from ivr.flows.effects.hours import CheckHours
from ivr.flows.effects.knowledge import CheckFactor, CheckPin, SetPin
from ivr.flows.effects.matters import FindReference, FindStep, OpenMatter
from ivr.flows.effects.messages import CallWebhook, ForwardAlert, SendMessage
from ivr.flows.effects.payment import (
    AuthorisePayments,
    EndAuthorisation,
    EndInvitation,
    HandToVault,
    InviteMonthly,
    Pay,
    TakeCard,
)
from ivr.flows.effects.voice import ClearBulletin, FindPrompt, KeepRecording, RecordVoice
from ivr.flows.effects.wishes import OptOut, RequestCallback, SetPreference

Effect = (
    Pay
    | TakeCard
    | OptOut
    | Transfer
    | TransferOut
    | CheckFactor
    | SetPin
    | RecordVoice
    | CheckHours
    | CheckStaffing
    | CallWebhook
    | RequestCallback
    | ForwardAlert
    | SendMessage
    | CheckPin
    | FindPrompt
    | KeepRecording
    | ClearBulletin
    | TellDisposition
    | HandToVault
    | AuthorisePayments
    | FindReference
    | OpenMatter
    | SetPreference
    | DrawSample
    | KeepAnswer
    | FindStep
    | InviteMonthly
    | EndInvitation
    | NextAlert
    | ChooseAlert
    | CommandDesk
    | EndAuthorisation
)

StoredEffect = Annotated[Effect, Field(discriminator="kind")]
"""An effect in a stored state, told by its kind."""

__all__ = [
    "AuthorisePayments",
    "CallWebhook",
    "CheckFactor",
    "CheckHours",
    "CheckPin",
    "CheckStaffing",
    "ChooseAlert",
    "ClearBulletin",
    "CommandDesk",
    "DeskCommand",
    "DrawSample",
    "Effect",
    "EndAuthorisation",
    "EndInvitation",
    "FindPrompt",
    "FindReference",
    "FindStep",
    "ForwardAlert",
    "HandToVault",
    "InviteMonthly",
    "KeepAnswer",
    "KeepRecording",
    "NextAlert",
    "OpenMatter",
    "OptOut",
    "Pay",
    "RecordVoice",
    "RequestCallback",
    "SendMessage",
    "SetPin",
    "SetPreference",
    "StoredEffect",
    "TakeCard",
    "TellDisposition",
    "Transfer",
    "TransferOut",
]
