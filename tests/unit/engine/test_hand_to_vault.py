"""A customer is handed to the vault; what it took is fetched once, also after a crash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pytest
from structlog.testing import capture_logs

from ivr.calls.call_result import CallResult
from ivr.engine.hand_to_vault import hand_to_vault, reference_of
from ivr.engine.host import Host
from ivr.engine.telephony import Vault
from ivr.errors import WebhookError
from ivr.flows.effects import HandToVault
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import ScriptedCall, report

KEPT, ONCE = HandToVault(7, keep=True), HandToVault(7, keep=False)
TAKEN = {"result": "taken", "token": "tok_9", "ending": "44"}
NONE = {"result": "none"}


@dataclass
class Desk:
    """Answers each question with the next of `answers`; None: not at all."""

    answers: list[Mapping[str, object] | None] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    async def post(
        self, endpoint: str, send: Mapping[str, object], key: str, within: float
    ) -> Mapping[str, object]:
        assert endpoint == "vault"
        self.keys.append(key)
        answer = self.answers.pop(0)
        if answer is None:
            raise WebhookError("nobody there")
        return {**send, **answer}


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
async def host(engine: Engine, desk: Desk) -> Host:
    facts = await engine.placed()
    call = ScriptedCall("call-1", report("call-1", engine.clock(), CallResult.ANSWERED))
    world = replace(engine.world, vault=Vault("PJSIP/v@t", "vault", 20, 240), webhooks=desk)
    return replace(engine.host(call, facts), world=world)


async def hands_over(host: Host, effect: HandToVault = KEPT, *, is_again: bool = False) -> tuple[str, object]:
    with capture_logs():
        done = await hand_to_vault(host, "c1", effect, is_again=is_again)
    return done.result, done.values.get("ending")


async def offered(host: Host) -> list[str]:
    methods = await host.world.store.read(lambda tx: tx.customers.payment_methods("c1"))
    return [method.token for method in methods]


def handed_over(host: Host) -> list[tuple[str, str]]:
    assert isinstance(host.call, ScriptedCall)
    return host.call.handed_over


async def test_the_vault_gets_a_reference_that_says_nothing_and_its_token_is_kept(
    host: Host, desk: Desk
) -> None:
    desk.answers = [TAKEN]
    assert await hands_over(host) == ("taken", "44")
    assert handed_over(host) == [("PJSIP/v@t", reference_of("call-1", KEPT))]
    assert "call-1" not in reference_of("call-1", KEPT)
    assert "tok_9" in await offered(host)


async def test_a_card_for_once_is_not_offered_again(host: Host, desk: Desk) -> None:
    desk.answers = [TAKEN]
    assert await hands_over(host, ONCE) == ("taken", "44")
    assert "tok_9" not in await offered(host)


async def test_without_a_vault_nobody_is_handed_over(host: Host) -> None:
    without = replace(host, world=replace(host.world, vault=None))
    assert await hands_over(without) == ("unavailable", None)
    assert handed_over(host) == []


async def test_a_vault_that_does_not_answer_the_call_is_asked_nothing(host: Host, desk: Desk) -> None:
    assert isinstance(host.call, ScriptedCall)
    host.call.vault_answers = False
    assert await hands_over(host) == ("unavailable", None)
    assert desk.keys == []


async def test_an_answer_that_is_lost_is_asked_for_once_more_under_the_same_key(
    host: Host, desk: Desk
) -> None:
    desk.answers = [None, TAKEN]
    assert await hands_over(host) == ("taken", "44")
    assert desk.keys[0] == desk.keys[1]


@pytest.mark.parametrize(
    ("answers", "result"), [([NONE], "no_card"), ([None, None], "failed"), ([{"result": "taken"}], "failed")]
)
async def test_without_a_token_nothing_is_kept(
    host: Host, desk: Desk, answers: list[Mapping[str, object] | None], result: str
) -> None:
    before = await offered(host)
    desk.answers = answers
    assert await hands_over(host) == (result, None)
    assert await offered(host) == before


async def test_after_a_crash_the_vault_is_asked_before_the_card_is_keyed_again(
    host: Host, desk: Desk
) -> None:
    desk.answers = [TAKEN]
    assert await hands_over(host, is_again=True) == ("taken", "44")
    assert handed_over(host) == []


async def test_who_is_still_there_after_a_crash_is_waited_for_and_is_not_sent_again(
    host: Host, desk: Desk
) -> None:
    assert isinstance(host.call, ScriptedCall)
    host.call.is_elsewhere = True
    desk.answers = [NONE]
    assert await hands_over(host, is_again=True) == ("no_card", None)
    assert (host.call.said, handed_over(host)) == (["back"], [])


async def test_a_vault_that_has_none_yet_is_gone_to_again(host: Host, desk: Desk) -> None:
    desk.answers = [NONE, TAKEN]
    assert await hands_over(host, is_again=True) == ("taken", "44")
    assert len(handed_over(host)) == 1
    assert desk.keys[0] != desk.keys[1], (
        "an answer that the other side kept for the first is not for the second"
    )
