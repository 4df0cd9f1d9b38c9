"""What a flow may speak of: the facts of this moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ivr.engine.content import Contents
from ivr.engine.start_session import read_facts, start_session
from ivr.flows.compliance import FactorOrder
from ivr.flows.factor import Factor
from ivr.flows.keyed_form import Form, read
from ivr.flows.known_before import known_before
from ivr.flows.variables import look_up
from ivr.money import Money
from tests.contract.samples import record
from tests.unit.engine.conftest import Engine


async def test_speech_uses_the_amount_of_now_and_not_that_of_the_alert(engine: Engine) -> None:
    [attempt] = await engine.find(1)
    less = replace(record(1), accounts=[replace(record(1).accounts[0], amount_due=Money(700, "USD"))])
    await engine.store.write(lambda tx: tx.customers.put(less))
    facts = await read_facts(engine.world, attempt.id)
    session = (await start_session(engine.world, engine.contents, facts)).session
    said = " ".join(segment.text for segment in known_before(session))
    assert "seven dollars" in said
    assert "one hundred" not in said


async def test_a_customer_without_a_saved_method_is_offered_none(engine: Engine) -> None:
    await engine.store.write(lambda tx: tx.customers.put(replace(record(1), payment_methods=[])))
    await engine.store.write(lambda tx: tx.customers.put(replace(record(2), payment_methods=[])))
    attempts = await engine.find()
    facts = await read_facts(engine.world, attempts[0].id)
    session = (await start_session(engine.world, engine.contents, facts)).session
    assert session.variables["payment_method"] is None


async def test_a_language_that_the_flow_does_not_speak_falls_back_to_its_first(engine: Engine) -> None:
    foreign = replace(record(1), customer=replace(record(1).customer, language="pt"))
    await engine.store.write(lambda tx: tx.customers.put(foreign))
    [attempt] = await engine.find()
    facts = await read_facts(engine.world, attempt.id)
    session = (await start_session(engine.world, engine.contents, facts)).session
    assert session.language == "en"


async def test_a_customer_can_be_asked_for_what_the_store_holds_in_the_profiles_order(engine: Engine) -> None:
    known = replace(record(1).customer, birth_date=date(1985, 7, 31), postcode="20001")
    await engine.store.write(lambda tx: tx.customers.put(replace(record(1), customer=known)))
    await engine.store.write(lambda tx: tx.factors.set_pin("c1", "a hash", engine.clock()))
    [attempt] = await engine.find()
    facts = await read_facts(engine.world, attempt.id)
    session = (await start_session(engine.world, engine.contents, facts)).session
    assert session.variables["verification"] == {"factors": ["pin", "birth_date", "postcode"]}

    order = FactorOrder(
        order=(Factor.POSTCODE, Factor.PIN), section="1 X 2", date="2026-01-01", review="Is it enough?"
    )
    live = engine.contents.live
    strict = live.profiles["us-general"].model_copy(update={"factors": order})
    contents = Contents(replace(live, profiles={"us-general": strict}))
    session = (await start_session(engine.world, contents, facts)).session
    assert session.variables["verification"] == {"factors": ["postcode", "pin"]}


async def test_the_number_to_call_back_is_that_of_the_rule_else_the_companys(engine: Engine) -> None:
    facts = await engine.found_and_claimed()
    usual = await start_session(engine.world, engine.contents, facts)
    assert look_up(usual.session.variables, "company.phone") == "+12025550100"
    live = engine.contents.live
    own = live.book.rules[facts.alert.rule].model_copy(update={"call_back_number": "+18005550123"})
    contents = Contents(replace(live, book=replace(live.book, rules={own.name: own})))
    new = await start_session(engine.world, contents, facts)
    assert look_up(new.session.variables, "company.phone") == "+18005550123"


@pytest.mark.parametrize("of_the_rule", ["+525512345678", "+80012345678"])
async def test_keyed_numbers_are_of_our_own_country_whatever_number_a_rule_names(
    engine: Engine, of_the_rule: str
) -> None:
    facts = await engine.found_and_claimed()
    live = engine.contents.live
    own = live.book.rules[facts.alert.rule].model_copy(update={"call_back_number": of_the_rule})
    contents = Contents(replace(live, book=replace(live.book, rules={own.name: own})))
    variables = (await start_session(engine.world, contents, facts)).session.variables
    assert look_up(variables, "company.phone") == of_the_rule
    assert read(Form.TELEPHONE, "2025550199", variables) == "+12025550199"
