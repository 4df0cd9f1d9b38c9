from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest

from ivr.ari.client import AriClient
from ivr.ari.dispatcher import Dispatcher, IncomingQueue
from ivr.ari.events import ChannelDestroyed, StasisStart
from ivr.ari.notices import Connected
from ivr.ari.request import Request
from ivr.ari.values import Channel, ChannelState
from ivr.carrier.call_seen import CallSeen
from ivr.carrier.exchange import Exchange
from ivr.carrier.person import Person
from ivr.carrier.sip_refuser import SipRefuser
from ivr.carrier.switchboard import Switchboard
from ivr.carrier.town_log import TownLog
from ivr.errors import AriRefusedError

AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
ADA = "+12025550101"


class DeafAsterisk:
    """Takes every request (or refuses some) and does nothing; the test sends its events."""

    app = "people"

    def __init__(self) -> None:
        self.dispatcher = Dispatcher()
        self.sent: list[str] = []
        self.refusals: dict[str, int] = {}

    def everything(self) -> AbstractContextManager[IncomingQueue]:
        return self.dispatcher.everything()

    async def send(self, request: Request[object]) -> None:
        self.sent.append(request.operation)
        if status := self.refusals.get(request.operation):
            raise AriRefusedError(status, f"{request.operation} was refused")


class Board:
    """A switchboard at work."""

    def __init__(self, asterisk: DeafAsterisk, *people: Person) -> None:
        self.asterisk = asterisk
        self.log = TownLog()
        client = cast("AriClient", asterisk)
        exchange = Exchange(client, self.log, lambda: AT, Path("/t"), Path("/r"), SipRefuser(), None)
        self.switchboard = Switchboard(exchange, people)

    async def settle(self) -> None:
        for _ in range(20):
            await asyncio.sleep(0)

    async def call(self, number: str = ADA, line: str = "1.1") -> None:
        args = (number, "attempt-1", "+18005550199", "c1")
        self.asterisk.dispatcher.deliver_event(StasisStart(AT, channel(line), args))
        await self.settle()

    async def end(self, line: str = "1.1") -> None:
        self.asterisk.dispatcher.deliver_event(ChannelDestroyed(AT, channel(line), cause=16))
        await self.settle()

    @property
    def seen(self) -> CallSeen:
        [call] = self.log.calls(ADA)
        return call


def channel(line: str = "1.1") -> Channel:
    return Channel(line, "PJSIP/engine-1", ChannelState.RING, "", "", "", "", AT, "c1")


def person(does: object) -> Person:
    return Person.model_validate({"number": ADA, "name": "Ada", "does": does})


@pytest.fixture
async def board() -> AsyncIterator[Board]:
    board = Board(DeafAsterisk(), person({"kind": "answers", "after": "0s", "then": [{"press": "1"}]}))
    running = asyncio.create_task(board.switchboard.run(asyncio.Event()))
    await board.settle()
    yield board
    await board.switchboard.close()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_an_invite_is_logged_before_anything_else_happens(board: Board) -> None:
    await board.call()
    first = board.log.of(ADA)[0]
    assert first.details["attempt_id"] == "attempt-1"
    assert board.asterisk.sent[:3] == ["ring", "set_variable", "answer"]


async def test_who_came_to_the_end_of_their_script_is_told_from_who_did_not(board: Board) -> None:
    board.switchboard.add(person([{"kind": "answers", "after": "0s"}, {"kind": "answers", "after": "1m"}]))
    await board.call()
    await board.end()
    assert board.seen.did_all
    await board.call(line="1.2")
    await board.end("1.2")
    assert [call.did_all for call in board.log.calls(ADA)] == [True, False]


async def test_nobody_is_at_an_unknown_number(board: Board) -> None:
    await board.call(number="+12025550199")
    [call] = board.log.calls("+12025550199")
    assert call.refused == "404"


async def test_a_caller_who_hangs_up_ends_the_life_on_the_line(board: Board) -> None:
    await board.call()
    await board.end()
    assert (board.seen.ended_by, board.seen.failures) == ("far_end", ())


async def test_a_caller_who_is_gone_at_the_very_moment_of_a_request_is_no_failure(board: Board) -> None:
    board.asterisk.refusals["answer"] = 404
    await board.call()
    await board.end()
    assert (board.seen.answered_at, board.seen.failures) == (None, ())


async def test_a_request_that_asterisk_refuses_is_a_failure_in_the_log(board: Board) -> None:
    board.asterisk.refusals["answer"] = 500
    await board.call()
    assert board.seen.failures == ("answer was refused (HTTP 500)",)


async def test_a_person_who_waits_for_words_in_a_deaf_town_is_a_failure(board: Board) -> None:
    board.switchboard.add(person({"kind": "answers", "after": "0s", "then": [{"hears": "press 1"}]}))
    await board.call()
    assert "nobody here knows the texts" in board.seen.failures[0]


async def test_calls_that_ended_while_the_socket_was_down_are_closed_when_it_is_back(board: Board) -> None:
    await board.call()
    board.asterisk.dispatcher.deliver_notice(Connected(first=False, channels=(channel(),)))
    await board.settle()
    assert board.seen.ended_by is None
    board.asterisk.dispatcher.deliver_notice(Connected(first=False, channels=()))
    await board.settle()
    assert board.seen.ended_by == "unknown"
