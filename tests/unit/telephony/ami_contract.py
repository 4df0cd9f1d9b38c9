"""What the client finds at a manager interface with one queue `support`, whose agent `alice` is away.

Run against the fake and against a real Asterisk, so that the fake can't drift away from it.
"""

from __future__ import annotations

from ivr.telephony.ami_client import AmiClient, AmiConnected
from ivr.telephony.ami_values import DeviceState


class AmiContract:
    """Subclasses give the fixture `ami`: a client that is connected."""

    async def test_the_queue_is_summed_up(self, ami: AmiClient) -> None:
        (queue,) = await ami.queue_summary()
        assert queue.name == "support"
        assert queue.callers == 0
        assert queue.agents_available == 0

    async def test_the_agent_is_in_the_queue_and_away(self, ami: AmiClient) -> None:
        (member,) = await ami.queue_members()
        assert (member.queue, member.interface) == ("support", "PJSIP/alice")
        assert member.state in (DeviceState.UNAVAILABLE, DeviceState.INVALID)
        assert not member.is_ready

    async def test_no_trunk_registers(self, ami: AmiClient) -> None:
        assert await ami.registrations() == ()

    async def test_no_channel_is_up(self, ami: AmiClient) -> None:
        assert await ami.channel_count() == 0

    async def test_it_is_there_and_fully_booted(self, ami: AmiClient) -> None:
        await ami.ping()
        assert ami.connected
        assert ami.fully_booted

    async def test_a_snapshot_says_the_same_as_the_single_questions(self, ami: AmiClient) -> None:
        with ami.notices() as notices:
            await ami.close()
            await ami.connect()
            notice = await notices.get()
        assert isinstance(notice, AmiConnected)
        assert notice.snapshot.queues == await ami.queue_summary()
        assert notice.snapshot.members == await ami.queue_members()
