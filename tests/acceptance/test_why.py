"""What happened on the telephone is what `ivr why` tells afterwards."""

from __future__ import annotations

import pytest

from ivr.attempts.eligibility.ask import Policies
from ivr.engine.explain_customer import explain_customer
from ivr.store.why_facts import SqlWhyFacts
from ivr.why.explanation import RuleTold, Why
from tests.acceptance.bank import Bank
from tests.acceptance.customers import Customer, Customers, with_another_matter
from tests.acceptance.test_holds import opts_out

pytestmark = pytest.mark.asterisk


async def told(bank: Bank, customer: Customer) -> Why:
    """Ask as `ivr why` does."""
    engine = bank.engine
    live = engine.contents.live
    policies = Policies(live.book, live.time_zone, engine.dispatcher.line.permission(is_live=False))
    why = await explain_customer(SqlWhyFacts(engine.store), policies, customer.id, engine.world.clock())
    assert why is not None
    return why


def overdue(why: Why) -> RuleTold:
    [account] = why.accounts
    [rule] = [rule for rule in account.rules if rule.rule == "payment-overdue"]
    return rule


async def test_who_opted_out_in_a_call_is_told_to_have_and_why_no_other_comes(
    bank: Bank, a_customer: Customers
) -> None:
    maria = opts_out(a_customer())
    await bank.takes_in(maria)
    assert (await told(bank, maria)).conclusion.startswith("The next call is planned when ")
    await bank.scans()
    await maria.call_is_over()
    await bank.story_after(maria)

    why = await told(bank, maria)
    assert why.conclusion.startswith("No call will come because the customer opted out on ")
    [alert] = overdue(why).alerts
    [made] = alert.attempts
    assert (alert.end_reason, made.sentence) == ("opted_out", "The customer wants no such calls.")
    assert [each.reason for each in made.decisions] == ["eligible"]
    assert not any(point.may_be_used for point in why.contact_points)

    await bank.takes_in(with_another_matter(maria))
    await bank.scans()
    await bank.story_once(maria, lambda story: bool(story.objections))
    later = await told(bank, maria)
    assert later.conclusion.startswith("No call will come because the customer opted out on ")
    refused = overdue(later).alerts[-1].attempts[-1]
    assert [(each.stage, each.verdict) for each in refused.decisions] == [("opted_out", "cancel")]
    assert refused.sentence == "It was not made: the customer opted out."
    assert len(maria.calls()) == 1
