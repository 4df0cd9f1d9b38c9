"""Who is on the line: a number is a hint, a reference leads somewhere, and only a proof makes a call act."""

from __future__ import annotations

import pytest

from ivr.flows.factor import Factor
from ivr.flows.on_the_line import OnTheLine, Party, told_by
from ivr.prompts.content_tier import ContentTier

NUMBER = "+12025550001"
MARIA, BEN = Party("c1"), Party("c2", "a2", "al2", "payments")


@pytest.mark.parametrize("at_first", [MARIA, None])
@pytest.mark.parametrize("tier", [ContentTier.ANYONE, ContentTier.CONFIRMED])
def test_who_keys_a_reference_acts_for_nobody_whom_they_do_not_prove_to_be(
    at_first: Party | None, tier: ContentTier
) -> None:
    line = OnTheLine(NUMBER, at_first).led(BEN).surer(tier)
    assert line.acts_for == at_first
    assert line.meant == BEN, "a factor is compared with theirs"
    assert line.known is None, "it may be either of them, or neither"
    assert not line.is_proved


def test_who_has_proved_to_be_them_acts_for_them() -> None:
    line = OnTheLine(NUMBER, MARIA).led(BEN).surer(ContentTier.VERIFIED, Factor.PIN)
    assert (line.acts_for, line.is_proved, line.proven) == (BEN, True, (Factor.PIN,))
    assert line.known == BEN


def test_a_proof_is_of_one_customer_and_of_all_their_matters() -> None:
    proved = OnTheLine(NUMBER, MARIA).surer(ContentTier.VERIFIED, Factor.PIN)
    matter = Party("c1", "a1", "al1", "payments")
    assert proved.led(matter).acts_for == matter
    assert proved.led(matter).led(BEN) == OnTheLine(NUMBER, MARIA, BEN), "nothing is proved, nothing is known"


def test_a_number_is_a_hint_of_who_it_is_and_no_proof() -> None:
    line = OnTheLine(NUMBER, MARIA)
    assert (line.acts_for, line.is_proved) == (MARIA, False)
    assert (line.known, line.led(Party("c1", "a1")).known) == (MARIA, MARIA)


def test_a_call_begins_with_what_its_flow_is_given() -> None:
    given = {
        "call": {"number": NUMBER},
        "customer": {"id": "c2"},
        "account": {"id": "a2"},
        "alert": {"id": "al2", "topic": "payments"},
    }
    assert told_by(given) == OnTheLine(NUMBER, BEN)
    assert told_by({"call": {"number": None}, "customer": None, "account": None}) == OnTheLine()
    assert told_by({**given, "customer": {"id": None}}).at_first is None, "a third party is no customer"
