"""The one tree of errors.

AnswerbackError
├── ContentError            what a person wrote is wrong: a list of Problems, exit status 2, nothing changed
├── UsageError              a command was given what it can't use, exit status 2
│   ├── NotFoundError       what was asked for is not there
│   └── KeyTakenError       an idempotency key stands for something else already
├── SwitchError             the Asterisk box
│   ├── InstallError        it can't be fetched, verified or unpacked
│   ├── StartError          it does not come up
│   └── NotRunningError     nobody is there
├── AriError                call control
│   ├── AriUnavailableError no answer: nobody knows whether the request was carried out
│   └── AriRefusedError     an HTTP error status, or never sent: it was not carried out
├── AmiError                switch state
├── CarrierError            the simulated telephone network and its people
├── SpeechError             a text could not be spoken
├── RecordingError          what somebody said can't be had
├── StoreError              the database
│   └── FencedError         another owner has taken over: stop writing
├── GatewayError            the payment provider did not say what happened
├── WebhookError            a webhook gave no answer to go by
│   └── WebhookTimedOutError none in time
├── MessageError            a message can't be sent at all
└── FlowError               a flow did what its linter should have caught
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class AnswerbackError(Exception):
    """Base of every error this package raises on purpose."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that a person wrote and that can't be used: where, what, and what would be right."""

    file: str
    line: int | None
    """Counted from 1; None where the place has no line (a missing file)."""
    field: str
    """Dotted path inside the file (`nodes.menu.keys`), or a column's name; empty for the file as a whole."""
    wrong: str
    """What is wrong, a clause without a full stop."""
    right: str
    """What would be right, a clause without a full stop."""

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        field = f" {self.field}:" if self.field else ""
        return f"{place}:{field} {self.wrong}; {self.right}."


class ContentError(AnswerbackError):
    """Everything that is wrong with what a person wrote, all at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.file, p.line or 0, p.field)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UsageError(AnswerbackError):
    """A command or call was given what it can't use; the message says what it takes."""


class NotFoundError(UsageError):
    """What was asked for is not there."""


class KeyTakenError(UsageError):
    """An idempotency key stands for something else already: nothing was done."""


class SwitchError(AnswerbackError):
    """The Asterisk box."""


class InstallError(SwitchError):
    """Asterisk can't be fetched, verified or unpacked."""


class StartError(SwitchError):
    """Asterisk does not come up; the message ends with the last lines of its log."""


class NotRunningError(SwitchError):
    """No Asterisk is there to answer."""


class AriError(AnswerbackError):
    """Call control."""


class AriUnavailableError(AriError):
    """No answer came: whether the request was carried out is unknown."""


class AriRefusedError(AriError):
    """The request was certainly not carried out: an HTTP error came back, or nothing was sent."""

    def __init__(self, status: int | None, message: str) -> None:
        self.status = status
        """The HTTP status; None where nothing was sent."""
        super().__init__(message if status is None else f"{message} (HTTP {status})")


class AmiError(AnswerbackError):
    """The manager interface: an action failed, timed out or was refused before it was sent."""


class CarrierError(AnswerbackError):
    """The simulated telephone network and its people."""


class SpeechError(AnswerbackError):
    """A text could not be spoken."""


class RecordingError(AnswerbackError):
    """What was recorded of somebody's voice can't be had."""


class StoreError(AnswerbackError):
    """The database."""


class FencedError(StoreError):
    """Another owner holds the lease now: this one must stop writing."""


class GatewayError(AnswerbackError):
    """The payment provider did not say what happened: look the intent up before anything is charged again."""


class WebhookError(AnswerbackError):
    """A webhook gave no answer to go by; the message tells neither its address nor what was sent."""


class WebhookTimedOutError(WebhookError):
    """A webhook gave no whole answer in time; it may have acted all the same."""


class MessageError(AnswerbackError):
    """A message can't be sent at all: no such template, no means, or a value that does not fit."""


class FlowError(AnswerbackError):
    """A flow did at run time what its check should have refused."""
