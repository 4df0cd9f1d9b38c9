"""What a session asks its host to do in the world. Each is answered by EffectDone with one of its results.

At most one is open at a time. After a drop an open effect is asked for again under the same `effect_id`: the
host looks up what became of it before it does it a second time. None of them holds a keyed secret: where one
is needed, it is named by its handle, which `Keyed.secrets` of the turn's state leads to its digits.

`failure` is the result for "it could not be done", by a host that has no means for it too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ivr.flows.factor import Factor
from ivr.flows.values import Values
from ivr.money import Money
from ivr.outcomes.agent_disposition import AgentDisposition
from ivr.payments.authorisation import AmountTerms


@dataclass(frozen=True, slots=True)
class Pay:
    """Charge a saved method.

    `declined`: nothing was charged; `provider_error`: nobody knows. `requires_action`: nothing is charged
    until the customer agrees on a page, whose address is the value `link`. `settled`: nothing was charged,
    because what is due is no longer what the customer was told.
    """

    results: ClassVar = (
        "success",
        "declined",
        "provider_error",
        "max_failed_attempts",
        "requires_action",
        "settled",
    )
    failure: ClassVar = "provider_error"

    effect_id: int
    account_id: str
    amount: Money
    method_id: str
    due: Money | None = None
    """What the account has due, as the customer was told; None: that plays no part."""
    by_link: bool = False
    """Whether the customer can be sent a link; if not, what requires one is declined."""
    kind: Literal["pay"] = "pay"


@dataclass(frozen=True, slots=True)
class TakeCard:
    """Have the provider keep a card that was keyed in. Values: `id`, `kind` and `ending` of the method.

    `refused`: it is no card that could be charged.
    """

    results: ClassVar = ("taken", "refused", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    number: str
    """Handle of the card's number."""
    expiry: str
    """Handle of month and year."""
    code: str
    """Handle of the security code."""
    kind: Literal["take_card"] = "take_card"


@dataclass(frozen=True, slots=True)
class OptOut:
    """Suppress this topic (or everything) for the customer and the number."""

    results: ClassVar = ("done",)
    failure: ClassVar = "done"

    effect_id: int
    everything: bool
    kind: Literal["opt_out"] = "opt_out"


@dataclass(frozen=True, slots=True)
class Transfer:
    """Hand the call to a queue: done when an agent took it, and the talk is over."""

    results: ClassVar = ("done", "no_agent", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    queue: str
    priority: int = 0
    """Who has more is taken first; among equals, who came first."""
    kind: Literal["transfer"] = "transfer"


@dataclass(frozen=True, slots=True)
class TransferOut:
    """Connect the call to a telephone number outside: done when it was answered, and the talk is over."""

    results: ClassVar = ("done", "no_agent", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    number: str
    """E.164, as the flow has it: never one that was keyed in."""
    reference: str | None = field(default=None, repr=False)
    """Handed to what answers there as the SIP header X-Reference; it means nothing to us."""
    kind: Literal["transfer_out"] = "transfer_out"


@dataclass(frozen=True, slots=True)
class CheckFactor:
    """Compare keyed digits with what the customer store holds.

    `locked`: too many failures, over all calls, for now; `unavailable`: nothing is stored to compare with.
    """

    results: ClassVar = ("match", "no_match", "locked", "unavailable")
    failure: ClassVar = "unavailable"

    effect_id: int
    factor: Factor
    secret: str
    """Handle of the keyed digits."""
    kind: Literal["check_factor"] = "check_factor"


@dataclass(frozen=True, slots=True)
class SetPin:
    """Store a new PIN. `differ`: the two entries are not alike; `refused`: too easily guessed."""

    results: ClassVar = ("done", "differ", "refused", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    secret: str
    """Handle of the new PIN."""
    again: str
    """Handle of the same, keyed a second time."""
    kind: Literal["set_pin"] = "set_pin"


@dataclass(frozen=True, slots=True)
class RecordVoice:
    """Record what is said on the line. Values: `recording`, its opaque name, and `seconds`.

    A hang-up ends it like silence does: what was said is kept, and the result comes all the same.
    """

    results: ClassVar = ("recorded", "empty", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    max_seconds: float
    silence_seconds: float
    """So long a silence ends it."""
    beep: bool
    end_key: str
    """The key that ends it; it is not fed to the session."""
    kind: Literal["record_voice"] = "record_voice"


@dataclass(frozen=True, slots=True)
class CheckHours:
    """Say whether named hours are open now.

    Value when closed: `opens_at`, the next opening on the company's clock, None if none is near.
    """

    results: ClassVar = ("open", "closed", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    hours: str
    kind: Literal["check_hours"] = "check_hours"


@dataclass(frozen=True, slots=True)
class CheckStaffing:
    """Look at a queue. Values, whole numbers: `free_agents`, `callers_waiting`, `expected_wait` (seconds)."""

    results: ClassVar = ("known", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    queue: str
    kind: Literal["check_staffing"] = "check_staffing"


@dataclass(frozen=True, slots=True)
class CallWebhook:
    """Post JSON to a configured endpoint, signed. Value: `answer`, the JSON object that came back."""

    results: ClassVar = ("answered", "timed_out", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    endpoint: str
    """Its name; address and key are settings of the host, so that a flow can reach nothing else."""
    send: Values
    timeout: float
    """Seconds."""
    kind: Literal["call_webhook"] = "call_webhook"


@dataclass(frozen=True, slots=True)
class RequestCallback:
    """Find the moment of a call-back. Value: `moment`, when it will be, on the customer's clock.

    `closed`: nobody may be called then.
    """

    results: ClassVar = ("done", "closed", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    in_minutes: int | None
    at: str | None
    """`15:30` on the customer's clock, the next time it is that; one of the two is given."""
    kind: Literal["request_callback"] = "request_callback"


@dataclass(frozen=True, slots=True)
class ForwardAlert:
    """Pass the alert on to somebody else. `refused`: a rule of the land, or the number, forbids it."""

    results: ClassVar = ("done", "refused", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    number: str = field(repr=False)
    """E.164."""
    comment: str | None = None
    """The recording of what is to be said with it."""
    kind: Literal["forward_alert"] = "forward_alert"


@dataclass(frozen=True, slots=True)
class SendMessage:
    """Send a message template to the customer. `no_address`: nothing is known, or may be used."""

    results: ClassVar = ("sent", "no_address", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    medium: Literal["sms", "email"]
    message: str
    """The template's name."""
    values: Values = field(default_factory=dict)
    """What the flow adds to the template's own variables."""
    kind: Literal["send_message"] = "send_message"


@dataclass(frozen=True, slots=True)
class CheckPin:
    """Compare keyed digits with the studio's PIN.

    `locked`: too many wrong ones, over all calls, for now; `closed`: there is no PIN, and nobody gets in.
    """

    results: ClassVar = ("match", "no_match", "locked", "closed")
    failure: ClassVar = "closed"

    effect_id: int
    secret: str
    """Handle of the keyed digits."""
    kind: Literal["check_pin"] = "check_pin"


@dataclass(frozen=True, slots=True)
class FindPrompt:
    """Look a prompt up by the number that it is recorded under.

    Values: `name`, its `words`, and `is_recorded`, whether there is a recording of it.
    """

    results: ClassVar = ("found", "unknown")
    failure: ClassVar = "unknown"

    effect_id: int
    number: str
    language: str
    kind: Literal["find_prompt"] = "find_prompt"


@dataclass(frozen=True, slots=True)
class KeepRecording:
    """Make a recording what callers hear from now on. `refused`: it is no speech-length sound."""

    results: ClassVar = ("kept", "refused", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    recording: str
    """The opaque name that RecordVoice came back with."""
    number: str
    """That of a prompt, or of the bulletin."""
    language: str
    hours: int | None
    """How long a bulletin is on the air; None: until it is taken off."""
    kind: Literal["keep_recording"] = "keep_recording"


@dataclass(frozen=True, slots=True)
class ClearBulletin:
    """Take the bulletin of a language off the air. `nothing`: there was none."""

    results: ClassVar = ("done", "nothing", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    language: str
    kind: Literal["clear_bulletin"] = "clear_bulletin"


@dataclass(frozen=True, slots=True)
class TellDisposition:
    """Keep an agent's word on the call that they took last. `no_call`: they took none lately."""

    results: ClassVar = ("done", "no_call", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    disposition: AgentDisposition
    kind: Literal["tell_disposition"] = "tell_disposition"


@dataclass(frozen=True, slots=True)
class HandToVault:
    """Let the vault of the settings take a card. Values: `id`, `kind` and `ending` of the method.

    `no_card`: it took none; `unavailable`: it did not answer; `failed`: nobody knows what it took.
    """

    results: ClassVar = ("taken", "no_card", "unavailable", "failed")
    failure: ClassVar = "unavailable"

    effect_id: int
    keep: bool
    """Whether the card is offered in later calls."""
    kind: Literal["hand_to_vault"] = "hand_to_vault"


@dataclass(frozen=True, slots=True)
class AuthorisePayments:
    """Write down that the customer agrees to automatic payments."""

    results: ClassVar = ("done", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    account_id: str
    method_id: str
    recording: str
    """The opaque name of the customer's own voice."""
    terms: AmountTerms
    day: int
    """Of each month."""
    kind: Literal["authorise_payments"] = "authorise_payments"


@dataclass(frozen=True, slots=True)
class FindReference:
    """Find whom a keyed reference belongs to. Values: what the call can speak of from then on, by namespace.

    `locked`: too many wrong ones from this number, for now.
    """

    results: ClassVar = ("found", "unknown", "locked")
    failure: ClassVar = "unknown"

    effect_id: int
    secret: str
    """Handle of the keyed digits."""
    kind: Literal["find_reference"] = "find_reference"


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """Take up the next matter of whoever calls. Values: what the call can speak of then, by namespace.

    `resumed`: it is the one at which a call of the same person broke off. `none`: nothing more is open; the
    values are those of the account. `failed`: nobody is known.
    """

    results: ClassVar = ("found", "resumed", "none", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    kind: Literal["open_matter"] = "open_matter"


@dataclass(frozen=True, slots=True)
class SetPreference:
    """Keep how and when a customer wants to be reached. `refused`: no hours that end after they begin."""

    results: ClassVar = ("done", "refused", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    language: str | None = None
    medium: str | None = None
    hours: tuple[str, str] | None = None
    """`09:00` and `12:30`, on the customer's clock."""
    any_hours: bool = False
    kind: Literal["set_preference"] = "set_preference"


@dataclass(frozen=True, slots=True)
class DrawSample:
    """Say whether this call is in a random sample. The same call is always in it, or never.

    Nobody but the engine has a say in it: not the flow's course, no agent, no customer.
    """

    results: ClassVar = ("left_out", "drawn")
    failure: ClassVar = "left_out"

    effect_id: int
    sample: str
    """Its name: each sample is drawn for itself."""
    percent: float
    kind: Literal["draw_sample"] = "draw_sample"


@dataclass(frozen=True, slots=True)
class KeepAnswer:
    """Keep the answer to a question of a survey: a score, or the recording of what was said."""

    results: ClassVar = ("done",)
    failure: ClassVar = "done"

    effect_id: int
    survey: str
    question: str
    score: int | None = None
    recording: str | None = None
    low: int = 0
    """A score of at most this raises an event for a person."""
    kind: Literal["keep_answer"] = "keep_answer"


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
)

StoredEffect = Annotated[Effect, Field(discriminator="kind")]
"""An effect in a stored state, told by its kind."""
