"""A customer waits for an agent while the engine loses its lines to Asterisk: call control and manager."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace

import pytest

from ivr.engine.content import Content
from ivr.switch import process
from ivr.switch.connection import SwitchConnection
from ivr.switch.instance import Instance
from tests.acceptance.conftest import OpenBank
from tests.acceptance.customers import Customers
from tests.acceptance.phone import PhoneBook
from tests.acceptance.test_agents import HELLO, OFFER, Staffed, content, desk_is, flows, rules, staffed
from tests.asterisk.telephony.breakable_line import BreakableLine, breakable_line
from tests.asterisk_pair import AsteriskPair
from tests.chaos.conftest import until

__all__ = ["content", "desk_is", "flows", "rules", "staffed"]

pytestmark = [pytest.mark.asterisk, pytest.mark.full]


@dataclass
class Lines:
    """The engine's two lines to its Asterisk."""

    control: BreakableLine
    manager: BreakableLine

    def cut(self) -> None:
        """Cut both, until they are mended."""
        self.control.cut()
        self.manager.cut()

    def mend(self) -> None:
        """Mend both."""
        self.control.mend()
        self.manager.mend()


@pytest.fixture
async def lines(asterisk_pair: AsteriskPair, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Lines]:
    """Lead the engine's connections over lines that can be cut."""
    ours, connection = asterisk_pair.engine, Instance.connection
    async with AsyncExitStack() as stack:
        control = await stack.enter_async_context(breakable_line(ours.ports.http))
        manager = await stack.enter_async_context(breakable_line(ours.connection().ami_port))

        def over_the_lines(instance: Instance) -> SwitchConnection:
            direct = connection(instance)
            if instance is not ours:
                return direct
            port = int(manager.url.rpartition(":")[2])
            return replace(direct, ari_url=control.url, ami_port=port)

        monkeypatch.setattr(Instance, "connection", over_the_lines)
        yield Lines(control, manager)


def is_on_her_way_back(switch: Instance) -> bool:
    """Whether a call knocks at the engine, which is not there."""
    return "come-back" in process.cli(switch, "core show channels concise")


async def test_whom_no_agent_took_meanwhile_comes_back_to_the_flow_once_the_lines_are_mended(
    open_bank: OpenBank,
    content: Content,
    staffed: Staffed,
    a_customer: Customers,
    phone_book: PhoneBook,
    asterisk_pair: AsteriskPair,
    lines: Lines,
) -> None:
    maria = a_customer().expects(HELLO).presses("0").expects("Please hold")
    maria.expects("nobody could take your call").expects(OFFER).presses("5").expects("Goodbye")
    away = phone_book.somebody().does("never_answers")
    async with open_bank(content=content) as bank, staffed(away):
        await bank.calls(maria)
        await until(lambda: bool(away.calls()), "the agent's telephone")
        lines.cut()
        await until(lambda: is_on_her_way_back(asterisk_pair.engine), "her way back")
        lines.mend()
        assert (await maria.call_is_over()).ended_by == "far_end"
        story = await bank.story_after(maria)
    assert "transferred" not in story.responses
    assert len(maria.calls()) == 1
