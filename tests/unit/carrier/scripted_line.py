"""A line without a network: it writes down what its person does, and time is only added up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from ivr.carrier.line import DtmfBy, Invite, Moment

INVITE = Invite(
    line="1700000000.1",
    dialled="+12025550101",
    attempt_id="attempt-1",
    caller_id="+18005550199",
    sip_call_id="call-id-1",
    at=datetime(2026, 3, 2, 15, 0, tzinfo=UTC),
)


class ScriptedLine:
    """See `ivr.carrier.line.Line`; the caller presses `keys`."""

    invite = INVITE

    def __init__(self, keys: Iterable[str | None] = ()) -> None:
        self.did: list[str] = []
        self.waited = timedelta(0)
        self._keys = iter(keys)

    async def ring(self) -> None:
        self.did.append("ring")

    async def answer(self) -> None:
        self.did.append("answer")

    async def refuse(self, status: int) -> None:
        self.did.append(f"refuse {status}")

    async def refuse_by_analytics(self) -> None:
        self.did.append("refuse 603+")

    async def hang_up(self) -> None:
        self.did.append("hang up")

    async def press(self, keys: str, by: DtmfBy) -> None:
        self.did.append(f"press {keys} by {by}")

    async def play(self, sounds: Sequence[str]) -> None:
        self.did.append(f"play {' '.join(sounds)}")

    async def hears(self, moment: Moment) -> None:
        self.did.append(f"hear {moment}")

    def comes_to_the_phone(self) -> None:
        self.did.append("come to the phone")

    async def hears_phrase(self, phrase: str) -> None:
        self.did.append(f"hear {phrase!r}")

    async def hears_it_out(self) -> None:
        self.did.append("hear it out")

    async def next_key(self, within: timedelta) -> str | None:
        return next(self._keys, None)

    async def take_message(self, silence: timedelta, longest: timedelta) -> None:
        self.did.append("take message")

    async def wait(self, span: timedelta) -> None:
        self.waited += span
