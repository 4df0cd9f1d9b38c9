"""The faults of panoramisk 1.4 and of the network, each shown by a fake and each without effect on us."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import AsyncIterator, Iterator, Mapping

import pytest
import structlog

from ivr.errors import AmiError
from ivr.telephony.ami_client import LARGEST_MESSAGE, AmiClient, AmiConnected, AmiDisconnected, AmiNotice
from tests.unit.telephony.ami_contract import AmiContract
from tests.unit.telephony.fake_ami import OPENING_WORDS, FakeAmi, listed, message, running_fake_ami, success


def at_once() -> Iterator[float]:
    return itertools.repeat(0.0)


def client_of(
    fake: FakeAmi, *, words: str = OPENING_WORDS, timeout_s: float = 5.0, ping_every_s: float = 60.0
) -> AmiClient:
    return AmiClient(
        "127.0.0.1",
        fake.port,
        "engine",
        words,
        action_timeout_s=timeout_s,
        ping_every_s=ping_every_s,
        delays=at_once,
    )


def make_impatient(ami: AmiClient, seconds: float = 0.2) -> None:
    """Shorten the patience of a client that is connected; connecting itself may take its time."""
    assert ami._connection is not None
    ami._connection._action_timeout_s = seconds


async def next_of(notices: asyncio.Queue[AmiNotice]) -> AmiNotice:
    async with asyncio.timeout(10):
        return await notices.get()


@pytest.fixture
async def fake() -> AsyncIterator[FakeAmi]:
    async with running_fake_ami() as fake:
        yield fake


@pytest.fixture
async def ami(fake: FakeAmi) -> AsyncIterator[AmiClient]:
    async with client_of(fake) as client:
        await client.connect()
        yield client


class TestTheFakeKeepsTheContract(AmiContract):
    """See ami_contract."""


class TestConnectionLost:
    async def test_who_waits_for_an_answer_is_told_at_once(self, fake: FakeAmi) -> None:
        async with client_of(fake, timeout_s=3600) as ami, asyncio.timeout(10):
            await ami.connect()
            fake.silence("CoreStatus")
            question = asyncio.create_task(ami.channel_count())
            await fake.arrived.wait()
            fake.drop()
            with pytest.raises(AmiError, match="connection was lost"):
                await question

    async def test_an_action_that_got_no_answer_is_not_sent_again(
        self, fake: FakeAmi, ami: AmiClient
    ) -> None:
        fake.silence("CoreStatus")
        asked = fake.count("CoreStatus")
        with ami.notices() as notices:
            question = asyncio.create_task(ami.channel_count())
            await fake.arrived.wait()
            fake.answers["CoreStatus"] = lambda action: success(action, "CoreCurrentCalls: 3")
            fake.drop()
            with pytest.raises(AmiError, match="CoreStatus got no answer"):
                await question
            assert isinstance(await next_of(notices), AmiDisconnected)
            assert isinstance(await next_of(notices), AmiConnected)
        await ami.ping()
        assert fake.count("CoreStatus") == asked + 2, "once by us, once for the snapshot"

    async def test_a_fresh_snapshot_follows_the_reconnect(self, fake: FakeAmi, ami: AmiClient) -> None:
        fake.answers["CoreStatus"] = lambda action: success(action, "CoreCurrentCalls: 7")
        with ami.notices() as notices:
            fake.drop()
            assert isinstance(await next_of(notices), AmiDisconnected)
            notice = await next_of(notices)
        assert isinstance(notice, AmiConnected)
        assert notice.snapshot.channels == 7
        assert ami.connected

    async def test_it_goes_on_trying_while_asterisk_is_not_fully_booted(
        self, fake: FakeAmi, ami: AmiClient
    ) -> None:
        booted = fake.answers.pop("Login")
        tries: asyncio.Queue[None] = asyncio.Queue()

        def not_yet(action: Mapping[str, str]) -> bytes:
            tries.put_nowait(None)
            return message("Response: Error", f"ActionID: {action['ActionID']}", "Message: Not now")

        fake.answers["Login"] = not_yet
        with ami.notices() as notices:
            fake.drop()
            assert isinstance(await next_of(notices), AmiDisconnected)
            for _ in range(3):
                await tries.get()
            assert not ami.connected
            with pytest.raises(AmiError, match="no connection"):
                await ami.ping()
            fake.answers["Login"] = booted
            assert isinstance(await next_of(notices), AmiConnected)

    async def test_after_close_it_does_not_come_back(self, fake: FakeAmi, ami: AmiClient) -> None:
        await ami.close()
        logins = fake.count("Login")
        fake.drop()
        await asyncio.sleep(0)
        assert fake.count("Login") == logins
        assert not ami.connected


class TestSilence:
    async def test_an_action_that_is_never_answered_ends_with_an_error(
        self, fake: FakeAmi, ami: AmiClient
    ) -> None:
        make_impatient(ami)
        fake.silence("QueueStatus")
        with pytest.raises(AmiError, match=r"QueueStatus got no answer.*time is up"):
            await ami.queue_members()
        assert ami.connected, "one lost answer is no lost connection"

    async def test_a_list_that_never_ends_ends_with_an_error(self, fake: FakeAmi, ami: AmiClient) -> None:
        make_impatient(ami)
        fake.answers["QueueStatus"] = lambda action: success(
            action, "EventList: start", "Message: Queue status will follow"
        )
        with pytest.raises(AmiError, match="QueueStatus got no answer"):
            await ami.queue_members()

    async def test_a_late_answer_is_not_taken_for_the_next_one(self, fake: FakeAmi, ami: AmiClient) -> None:
        late: list[bytes] = []

        def keep(action: Mapping[str, str]) -> bytes:
            late.append(success(action, "CoreCurrentCalls: 99"))
            return b""

        make_impatient(ami)
        fake.answers["CoreStatus"] = keep
        with pytest.raises(AmiError):
            await ami.channel_count()
        make_impatient(ami, 10)
        fake.answers["CoreStatus"] = lambda action: late[0] + success(action, "CoreCurrentCalls: 1")
        assert await ami.channel_count() == 1

    async def test_a_connection_that_answers_no_ping_is_dropped_and_made_anew(self, fake: FakeAmi) -> None:
        async with client_of(fake, timeout_s=2, ping_every_s=0.05) as ami:
            await ami.connect()
            with ami.notices() as notices:
                fake.silence("Ping")
                lost = await next_of(notices)
                assert isinstance(lost, AmiDisconnected)
                assert "Ping got no answer" in lost.reason
                fake.answers["Ping"] = lambda action: success(action, "Ping: Pong")
                assert isinstance(await next_of(notices), AmiConnected)

    async def test_somebody_who_only_chatters_is_dropped(self, fake: FakeAmi, ami: AmiClient) -> None:
        fake.answers["Ping"] = lambda _action: b"x" * (LARGEST_MESSAGE + 1)
        with ami.notices() as notices:
            with pytest.raises(AmiError, match="connection was lost"):
                await ami.ping()
            assert isinstance(await next_of(notices), AmiDisconnected)


class TestBytes:
    @pytest.mark.parametrize("chunk_bytes", [1, 2, 3, 7])
    async def test_characters_that_are_split_over_reads_arrive_whole(
        self, fake: FakeAmi, ami: AmiClient, chunk_bytes: int
    ) -> None:
        member = (
            "Event: QueueMember",
            "Queue: support",
            "Name: Zoë Ångström 電話",
            "Location: PJSIP/zoe",
            "CallsTaken: 2",
            "InCall: 0",
            "Status: 1",
            "Paused: 0",
        )
        fake.answers["QueueStatus"] = lambda action: listed(action, "QueueStatusComplete", member)
        fake.chunk_bytes = chunk_bytes
        (found,) = await ami.queue_members()
        assert found.name == "Zoë Ångström 電話"
        assert found.is_ready

    @pytest.mark.parametrize("words", ["x\r\nAction: Originate", "x\n", "\rx"])
    async def test_a_line_break_in_a_value_is_refused_before_it_is_sent(
        self, fake: FakeAmi, words: str
    ) -> None:
        async with client_of(fake, words=words) as ami:
            with pytest.raises(AmiError, match="line break"):
                await ami.connect()
        assert fake.received == []

    async def test_a_header_that_is_there_twice_counts_once(self, fake: FakeAmi, ami: AmiClient) -> None:
        fake.answers["CoreStatus"] = lambda action: success(
            action, "CoreCurrentCalls: 4", "CoreCurrentCalls: 5"
        )
        assert await ami.channel_count() == 4

    async def test_an_answer_without_what_was_asked_for_is_an_error(
        self, fake: FakeAmi, ami: AmiClient
    ) -> None:
        fake.answers["CoreStatus"] = success
        with pytest.raises(AmiError, match="CoreCurrentCalls"):
            await ami.channel_count()


class TestRefusals:
    async def test_a_wrong_password_is_told_to_the_caller(self, fake: FakeAmi) -> None:
        async with client_of(fake, words="wrong") as ami:
            with pytest.raises(AmiError, match="Login was refused: Authentication failed"):
                await ami.connect()
            assert not ami.connected

    async def test_a_list_that_is_refused_is_an_error_and_does_not_wait_for_ever(
        self, fake: FakeAmi, ami: AmiClient
    ) -> None:
        fake.answers["QueueSummary"] = lambda action: message(
            "Response: Error", f"ActionID: {action['ActionID']}", "Message: Permission denied"
        )
        with pytest.raises(AmiError, match="Permission denied"):
            await ami.queue_summary()

    async def test_nobody_there_is_told_in_a_sentence(self) -> None:
        async with AmiClient("127.0.0.1", 1, "engine", OPENING_WORDS) as ami:
            with pytest.raises(AmiError, match="no manager interface"):
                await ami.connect()


async def test_the_password_is_in_no_log_and_no_repr(fake: FakeAmi, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with structlog.testing.capture_logs() as logs:
        async with client_of(fake) as ami:
            with ami.notices() as notices:
                await ami.connect()
                fake.drop()
                while not isinstance(await next_of(notices), AmiDisconnected):
                    pass
                await next_of(notices)
            told = f"{ami!r} {logs} {caplog.text}"
    assert OPENING_WORDS not in told
    assert [entry["event"] for entry in logs] == ["ami_connected", "ami_disconnected", "ami_connected"]
