"""An alert rule: what makes an account a reason to call, and how the customer is then reached."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Annotated

from pydantic import BaseModel, ConfigDict, field_validator, model_validator
from pydantic import Field as ModelField

from ivr.duration import Duration
from ivr.phone_number import PhoneNumber, never_dialled, parse_phone_number
from ivr.rules.answering_terms import AnsweringTerms
from ivr.rules.caps import Caps
from ivr.rules.condition import WholeCondition
from ivr.rules.confirm_terms import ConfirmTerms
from ivr.rules.contact_plan import ContactPlan, ContentName
from ivr.rules.customer_may import CustomerMay, check_threshold
from ivr.rules.fields import Field
from ivr.rules.forward_terms import ForwardTerms
from ivr.rules.promise_terms import PromiseTerms
from ivr.rules.recording_terms import RecordingTerms
from ivr.rules.schedule import Schedule
from ivr.rules.template import template_parts

_WEEK_OF_SECONDS = 7 * 86_400

A_CHOSEN_TIME_COMES_WITHIN = timedelta(days=2)
"""After an alert begins: a day, and hours in which nobody may be called."""

USUAL_REST = timedelta(days=5)
"""In which a payment that was made comes in."""


class Rule(BaseModel):
    """One rule, as in `alert_rules/NAME.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: ContentName
    title: Annotated[str, ModelField(min_length=1, max_length=120)]
    """What people call it."""
    topic: ContentName
    """What a customer can opt out of: `payments`."""
    when: WholeCondition
    """What must hold for an account to become an alert."""
    cancel_when: WholeCondition | None = None
    """What ends an open alert as cleared; by default, that `when` no longer holds."""
    plan: ContactPlan
    retry: ContentName
    """Name of the retry rule."""
    hours: ContentName
    """Name of the calling hours."""
    caps: Caps = Caps()
    schedule: Schedule
    dedupe: str = "{account.id}/{account.due_on}"
    """What makes two matches the same matter: once per account and due date unless written otherwise."""
    priority: Annotated[int, ModelField(ge=-_WEEK_OF_SECONDS, le=_WEEK_OF_SECONDS)] = 0
    """Seconds by which its calls go ahead of others that are due at the same time."""
    expires_after: Duration = timedelta(days=14)
    """An alert older than this calls nobody any more."""
    ring_timeout: Duration = timedelta(seconds=30)
    """Ringing longer than this is no answer; 5s to 2m."""
    promise: PromiseTerms = PromiseTerms()
    """What a customer may promise."""
    already_paid_rest: Duration = USUAL_REST
    """How long calls rest when a customer says to have paid."""
    forward: ForwardTerms | None = None
    """How customers may pass its alerts on; None: they may not."""
    record: RecordingTerms | None = None
    """Whether its calls are recorded, and how long that is kept."""
    answering: AnsweringTerms | None = None
    """Whether it is listened who picks up its calls; None: as the trunk says."""
    confirm: ConfirmTerms = ConfirmTerms()
    """Which messages confirm in writing what customers settle."""
    call_back_number: PhoneNumber | None = None
    """E.164: the number that its calls and messages ask to be called; None: the company's own."""
    customer_may: CustomerMay | None = None
    """What customers may choose about its alerts; None: nothing."""

    @field_validator("dedupe")
    @classmethod
    def _tells_matters_apart(cls, dedupe: str) -> str:
        if not {Field.ACCOUNT_ID, Field.CUSTOMER_ID} & set(template_parts(dedupe)):
            raise ValueError(
                f"{dedupe!r} is alike for different customers; put {{account.id}} or {{customer.id}} in"
            )
        return dedupe

    @field_validator("expires_after")
    @classmethod
    def _lives(cls, expires_after: timedelta) -> timedelta:
        if not expires_after:
            raise ValueError("its alerts would expire at once; write 1s or more")
        return expires_after

    @field_validator("already_paid_rest")
    @classmethod
    def _rests(cls, rest: timedelta) -> timedelta:
        if rest < timedelta(hours=1):
            raise ValueError("who has paid would be called again at once; write 1h or more")
        return rest

    @field_validator("call_back_number", mode="before")
    @classmethod
    def _can_be_called(cls, written: object) -> object:
        if written is None:
            return None
        number = parse_phone_number(str(written))
        if (why := never_dialled(number)) is not None:
            raise ValueError(f"nobody could call {written}: {why}; write a number of yours")
        return number

    @field_validator("ring_timeout")
    @classmethod
    def _rings(cls, ring_timeout: timedelta) -> timedelta:
        if not timedelta(seconds=5) <= ring_timeout <= timedelta(minutes=2):
            raise ValueError("nobody rings a telephone that long; write 5s to 2m")
        return ring_timeout

    @model_validator(mode="after")
    def _leaves_what_can_be_chosen(self) -> Rule:
        may = self.customer_may
        if may is not None and may.threshold is not None:
            check_threshold(may.threshold, self.when, self.cancel_when)
        if may is not None and may.time and self.expires_after < A_CHOSEN_TIME_COMES_WITHIN:
            raise ValueError(
                "its alerts could end before the time that a customer chose; write `expires_after: 2d`"
            )
        return self


def rule_version(rule: Rule) -> str:
    """Return a hash of everything in `rule`: equal for equal rules, however their files are written."""
    return hashlib.sha256(rule.model_dump_json(by_alias=True).encode()).hexdigest()[:16]
