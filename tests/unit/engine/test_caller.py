"""Whom a number is taken for."""

from functools import partial

import pytest

from ivr.engine.caller import find_caller, party_of_talk, party_to_prove
from ivr.engine.host import Party
from ivr.engine.ports import Transaction
from ivr.flows.state import Phase, SessionState
from ivr.phone_number import PhoneNumber
from ivr.prompts.content_tier import ContentTier
from tests.contract.samples import record
from tests.unit.engine.conftest import Engine

NUMBER = PhoneNumber("+12025550001")


def put(number: int, tx: Transaction) -> None:
    tx.customers.put(record(number, address=NUMBER))


async def test_the_one_customer_who_has_the_number_is_found(engine: Engine) -> None:
    await engine.store.write(partial(put, 1))
    caller = await engine.store.read(lambda tx: find_caller(tx, NUMBER))
    assert caller.customer is not None
    assert caller.party is not None
    assert (caller.party.customer_id, caller.party.address) == ("c1", NUMBER)
    assert (caller.party.account_id, caller.party.alert_id, caller.party.topic) == (None, None, None)


@pytest.mark.parametrize("holders", [0, 2])
async def test_a_number_of_nobody_or_of_several_tells_nothing(engine: Engine, holders: int) -> None:
    for number in range(holders):
        await engine.store.write(partial(put, number))
    caller = await engine.store.read(lambda tx: find_caller(tx, NUMBER))
    assert (caller.number, caller.customer, caller.party) == (NUMBER, None, None)


async def test_who_withholds_the_number_is_nobody_to_us(engine: Engine) -> None:
    caller = await engine.store.read(lambda tx: find_caller(tx, None))
    assert (caller.number, caller.party) == (None, None)


BY_NUMBER = Party("c1", None, None, NUMBER, None)
BROUGHT = {"customer": {"id": "c2"}, "account": {"id": "a2"}, "alert": {"id": "al2", "topic": "payments"}}
BY_REFERENCE = Party("c2", "a2", "al2", NUMBER, "payments")


@pytest.mark.parametrize("began_with", [BY_NUMBER, None])
@pytest.mark.parametrize("tier", [ContentTier.ANYONE, ContentTier.CONFIRMED])
def test_who_keys_a_reference_acts_for_nobody_whom_they_do_not_prove_to_be(
    began_with: Party | None, tier: ContentTier
) -> None:
    state = SessionState("f", "1", "n", Phase.EFFECT, "en", tier=tier, brought=BROUGHT)
    assert party_of_talk(began_with, NUMBER, state) == began_with
    assert party_to_prove(began_with, NUMBER, state) == BY_REFERENCE, "a factor is compared with theirs"


def test_who_has_proved_to_be_them_acts_for_them() -> None:
    state = SessionState("f", "1", "n", Phase.EFFECT, "en", tier=ContentTier.VERIFIED, brought=BROUGHT)
    assert party_of_talk(BY_NUMBER, NUMBER, state) == BY_REFERENCE
