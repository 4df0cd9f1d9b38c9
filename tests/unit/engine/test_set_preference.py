"""What a customer chose is in the store from the key on."""

from __future__ import annotations

from ivr.accounts.contact_point import Medium
from ivr.accounts.customer import Customer
from ivr.calling_hours import Window
from ivr.engine.set_preference import set_preference
from ivr.flows.effects import SetPreference
from ivr.flows.on_the_line import Party
from tests.unit.engine.conftest import Engine


async def chooses(engine: Engine, command: SetPreference) -> tuple[str, Customer]:
    facts = await engine.found_and_claimed()
    party = Party(facts.customer.id)
    done = await set_preference(engine.world, party, command)
    customer = await engine.store.read(lambda tx: tx.customers.customer(party.customer_id))
    assert customer is not None
    return done.result, customer


async def test_each_choice_is_kept_and_leaves_the_others(engine: Engine) -> None:
    result, maria = await chooses(engine, SetPreference(1, hours=("09:30", "12:00")))
    assert (result, maria.preferred_hours, maria.preferred_medium) == ("done", Window(570, 720), None)


async def test_a_medium_is_kept(engine: Engine) -> None:
    assert (await chooses(engine, SetPreference(1, medium="sms")))[1].preferred_medium is Medium.SMS


async def test_hours_that_end_before_they_begin_are_refused(engine: Engine) -> None:
    result, maria = await chooses(engine, SetPreference(1, hours=("12:00", "09:30")))
    assert (result, maria.preferred_hours) == ("refused", None)
