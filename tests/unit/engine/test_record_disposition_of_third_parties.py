"""What an agent says of somebody to whom an alert was passed on binds nobody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.accounts.suppression import THIRD_PARTY
from ivr.alerts.alert import Forwarded
from ivr.attempts.attempt import Attempt
from ivr.engine.ports import NewCall
from ivr.engine.third_party_word import ALLOWED
from ivr.errors import ContentError
from tests.contract.samples import alert, new_attempt
from tests.unit.engine.agents_words import (
    Word,
    connected,
    holds,
    says,
)
from tests.unit.engine.conftest import Engine


async def to_a_third_party(engine: Engine) -> Attempt:
    """Let a customer have passed their alert on to +1 202 555 0188, who talks with an agent."""
    first = await connected(engine)
    point = ContactPoint("theirs", "c1", Medium.VOICE, "+12025550188", third_party=True)
    passed_on = replace(
        alert(1, key="passed-on"),
        expires_at=engine.clock() + timedelta(days=7),
        forwarded=Forwarded(first.alert_id, point.id, None),
    )

    def work(tx: Any) -> str:
        tx.customers.add_third_party(point)
        tx.alerts.add(passed_on)
        new = replace(new_attempt(1, key="passed-on"), contact_point_id=point.id, address=point.address)
        attempt_id: str = tx.attempts.add(new)
        tx.calls.open(
            NewCall(
                attempt_id, attempt_id, "outbound", point.address, "carrier", None, "x", "f1", engine.clock()
            )
        )
        return attempt_id

    return await engine.attempt(await engine.store.write(work))


@pytest.mark.parametrize("word", sorted(set(Word) - set(ALLOWED)))
async def test_a_third_party_can_t_speak_for_the_customer(engine: Engine, word: Word) -> None:
    attempt = await to_a_third_party(engine)
    with pytest.raises(ContentError, match="with a third party"):
        await says(engine, attempt.id, word)
    assert await holds(engine) == []
    assert await engine.alert_state(attempt.alert_id) == "open"


async def test_a_third_party_who_wants_no_calls_silences_their_number_alone(engine: Engine) -> None:
    attempt = await to_a_third_party(engine)
    [first] = await engine.store.read(lambda tx: tx.alerts.open_of("c1"))
    told = await says(engine, attempt.id, Word.DO_NOT_CALL)
    assert (told.customer_id, told.account_id, told.alert_id) == (None, None, attempt.alert_id)
    [facts] = await engine.store.read(lambda tx: tx.attempts.eligibility([attempt.id], engine.clock()))
    covered = {(each.customer_id, each.address, each.source) for each in facts.suppressions}
    assert covered == {(None, "+12025550188", THIRD_PARTY)}
    assert [await engine.alert_state(each) for each in (first.id, attempt.alert_id)] == ["open", "settled"]


async def test_no_customer_is_named_of_a_call_with_a_third_party(engine: Engine) -> None:
    attempt = await to_a_third_party(engine)
    with pytest.raises(ContentError, match="customer_id: this call was with a third party"):
        await says(engine, attempt.id, Word.RESOLVED, customer_id="c1")
