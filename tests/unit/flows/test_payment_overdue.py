"""The shipped flow, as golden transcripts: what is pressed, what is heard and done."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.content_file import parse_content
from ivr.flows.commands import Say
from ivr.flows.effects import DrawSample
from ivr.flows.flow import Flow
from ivr.flows.known_before import known_before, unknown_before
from ivr.flows.load_flow import load_flow
from ivr.flows.session import Session
from ivr.flows.variables import Variables
from ivr.money import Money
from ivr.prompts.load_catalogue import load_catalogue
from ivr.prompts.segment import TextSegment
from tests.unit.flows.lint.linting import shipped_profiles
from tests.unit.flows.rehearsal import MARIA, Rehearsal, TinyCatalogue, rehearse

ROOT = Path(__file__).parents[3]
FILE = ROOT / "dialplans" / "flows" / "payment-overdue.yaml"
COMPLIANCE = ROOT / "config" / "compliance"
PROMPTS = sorted((ROOT / "prompts").glob("*/*.yaml"))
WORDED = load_catalogue(
    [parse_content(file.read_text(encoding="utf-8"), str(file.relative_to(ROOT))) for file in PROMPTS], ()
)
CATALOGUE = TinyCatalogue({name: WORDED.tier(name) for name in WORDED.names()})
"""The shipped prompts and their tiers, said by name."""

ENTERED = tuple(
    load_flow(parse_content(file.read_text(encoding="utf-8"), file.name), CATALOGUE, shipped_profiles())
    for file in (FILE.parent / f"{name}.yaml" for name in ("agent", "survey", "choose-amount"))
)
"""The flows that it enters to have the customer talk to an agent, or choose an amount."""

READ_BACK = {"overdue-promise-amount-right", "overdue-promise-day-right", "overdue-paid-on-right"}

WITHOUT_METHOD: Variables = {**MARIA, "payment_method": None}


@pytest.fixture(scope="module")
def flow() -> Flow:
    content = parse_content(FILE.read_text(encoding="utf-8"), FILE.name)
    return load_flow(content, CATALOGUE, shipped_profiles())


@pytest.fixture
def maria(flow: Flow) -> Rehearsal:
    return rehearse(flow, CATALOGUE, others=ENTERED)


def test_it_begins_by_saying_who_calls_and_waits_long_enough_to_lower_the_handset(maria: Rehearsal) -> None:
    maria.listens()
    assert maria.transcript == ["say identify: overdue-identify"]
    assert maria.turn.wait is not None
    assert maria.turn.wait.timeout == 7.0


def test_she_pays_with_the_saved_card(maria: Rehearsal) -> None:
    maria.listens().presses("1").listens().presses("1").listens().presses("1").listens()
    maria.learns("success", reference="r1").listens()
    assert maria.transcript == [
        "say identify: overdue-identify",
        "checkpoint",
        "say details: overdue-details",
        "say menu-saved-method: overdue-menu-saved-method",
        "say pay: overdue-pay-summary",
        "say pay: overdue-pay-confirm",
        "say pay: overdue-pay-wait",
        "checkpoint",
        "pay 120.50 USD a1 pm1",
        "respond paid {'amount': '120.50 USD', 'reference': 'r1'}",
        "checkpoint",
        "say paid: overdue-paid",
        "hang up: paid",
    ]


PART = "pay 25.00 USD a1 pm1"


def test_she_pays_the_minimum_where_there_is_one(flow: Flow) -> None:
    account = {**MARIA["account"], "minimum_due": Money(2500, "USD")}  # type: ignore[dict-item]
    call = rehearse(flow, CATALOGUE, {**MARIA, "account": account}, others=ENTERED)
    call.listens().presses("1").listens().presses("1").listens().presses("3").listens()
    assert call.heard[-1] == "overdue-amount-menu"
    call.presses("1").listens().presses("1").listens()
    assert call.heard[-3:] == ["overdue-pay-part-summary", "overdue-pay-part-confirm", "overdue-pay-wait"]
    assert call.transcript[-1] == PART


def test_she_keys_an_amount_in_which_is_read_back_before_it_is_paid(maria: Rehearsal) -> None:
    maria.listens().presses("1").listens().presses("1").listens().presses("3").listens().presses("25#")
    assert maria.heard[-1] == "pay-amount-right"
    maria.listens().presses("1").listens()
    assert maria.heard[-2:] == ["overdue-pay-part-summary", "overdue-pay-part-confirm"]
    maria.listens().presses("1").listens()
    assert maria.transcript[-1] == PART
    maria.learns("success").listens()
    assert maria.transcript[-2:] == ["say paid-part: overdue-paid-part", "hang up: paid"]


@pytest.mark.parametrize("keys", ["0#", "*50#", "120*51#", "99999#"])
def test_an_amount_beyond_the_limits_is_asked_for_again(maria: Rehearsal, keys: str) -> None:
    maria.listens().presses("1").listens().presses("1").listens().presses("3").listens().presses(keys)
    assert maria.heard[-1] == "overdue-amount-limits + overdue-ask-amount"


def test_the_whole_amount_may_be_keyed_in_too(maria: Rehearsal) -> None:
    maria.listens().presses("1").listens().presses("1").listens().presses("3").listens().presses("120*50#")
    maria.listens().presses("1")
    assert maria.heard[-1] == "overdue-pay-part-summary"


def test_what_was_settled_meanwhile_is_told_and_ends_the_call(maria: Rehearsal) -> None:
    maria.listens().presses("1").listens().presses("1").listens().presses("1").listens()
    maria.learns("settled").listens()
    assert maria.transcript[-2:] == [
        "say settled-meanwhile: overdue-settled-meanwhile",
        "hang up: settled meanwhile",
    ]


def test_a_declined_card_offers_an_agent_and_a_survey_is_drawn_after_the_talk(maria: Rehearsal) -> None:
    maria.listens().presses("1").listens().presses("1").listens().presses("1").listens()
    maria.learns("declined").listens().presses("3").learns("open").learns("known", free_agents=1).listens()
    maria.learns("done")
    assert maria.turn.state.effect == DrawSample(maria.turn.state.last_id, "after-call", 10)
    maria.learns("left_out").listens()
    talk = maria.transcript[maria.transcript.index("say put-through: agent-connecting") :]
    assert [line for line in talk if line != "checkpoint" and not line.startswith("draw")] == [
        "say put-through: agent-connecting",
        "transfer to collections",
        "respond transferred {'queue': 'collections'}",
        "say talked: agent-done",
        "hang up: talked with an agent",
    ]
    assert "respond payment_declined" in maria.transcript


def test_a_payment_that_nobody_knows_of_is_never_tried_again_by_key(maria: Rehearsal) -> None:
    maria.listens().presses("1").listens().presses("1").listens().presses("1").listens()
    maria.learns("provider_error").listens().presses("1").listens().presses("5").listens()
    assert sum(line.startswith("pay ") for line in maria.transcript) == 1
    assert maria.transcript[-2:] == ["say goodbye: goodbye", "hang up: finished"]


def test_without_a_saved_method_paying_is_not_offered(flow: Flow) -> None:
    call = rehearse(flow, CATALOGUE, WITHOUT_METHOD).listens().presses("1").listens()
    assert call.heard[-1] == "overdue-menu"
    call.presses("1").listens()
    assert call.heard[-1] == "no-match + overdue-menu"


def test_a_promise_says_by_when(maria: Rehearsal) -> None:
    maria.listens().presses("1").listens().presses("2").listens().presses("2").listens()
    assert maria.transcript[-4:] == [
        "respond promised {'within_days': 7}",
        "checkpoint",
        "say promised: overdue-promised",
        "hang up: promised",
    ]


def test_having_paid_already_settles_it(maria: Rehearsal) -> None:
    maria.listens().presses("1").listens().presses("4").listens()
    assert maria.transcript[-3:] == ["respond already_paid", "checkpoint", "say paid-how: overdue-paid-how"]
    maria.hangs_up()
    assert "respond hung_up" not in maria.transcript


def test_how_and_when_she_paid_can_be_told_as_well(maria: Rehearsal) -> None:
    maria.listens().presses("1").listens().presses("4").listens().presses("3").listens()
    maria.presses("0305").listens().presses("1").listens()
    assert maria.transcript[-4:] == [
        "respond already_paid {'method': 'check', 'paid_on': '2026-03-05'}",
        "checkpoint",
        "say already-paid: overdue-already-paid",
        "hang up: already paid",
    ]


def test_a_part_of_it_can_be_promised_for_a_day_of_her_own(maria: Rehearsal) -> None:
    maria.listens().presses("1").listens().presses("2").listens().presses("4").listens()
    maria.presses("60#").listens().presses("1").listens().presses("0320").listens().presses("1").listens()
    assert maria.transcript[-4:] == [
        "respond promised {'amount_minor': 6000, 'currency': 'USD', 'on': '2026-03-20'}",
        "checkpoint",
        "say promised: overdue-promised",
        "hang up: promised",
    ]


def test_who_can_not_say_an_amount_that_fits_is_brought_back_to_the_choices(maria: Rehearsal) -> None:
    maria.listens().presses("1").listens().presses("2").listens().presses("4").listens()
    for _ in range(3):
        maria.presses("999#").listens()
    assert maria.heard[-1] == "overdue-promise"


def test_she_can_dispute_it_behind_the_other_choices(maria: Rehearsal) -> None:
    maria.listens().presses("1").listens().presses("5").listens().presses("1").listens()
    assert maria.transcript[-4:] == [
        "respond disputed",
        "checkpoint",
        "say disputed: overdue-disputed",
        "hang up: disputed",
    ]


def test_no_contact_at_all_is_behind_the_other_choices(maria: Rehearsal) -> None:
    maria.listens().presses("1").listens().presses("5").listens().presses("2").learns("done").listens()
    assert maria.transcript[-5:] == [
        "checkpoint",
        "opt out of everything",
        "checkpoint",
        "say stop-contact: contact-stopped",
        "hang up: opted out",
    ]


def test_somebody_else_hears_nothing_of_the_payment(maria: Rehearsal) -> None:
    maria.listens().presses("2").listens()
    assert maria.transcript == [
        "say identify: overdue-identify",
        "respond wrong_person",
        "checkpoint",
        "say not-them: overdue-not-them",
        "hang up: wrong person",
    ]


def test_nine_opts_out_on_the_key_with_one_sentence(maria: Rehearsal) -> None:
    maria.presses("9").learns("done").listens()
    assert maria.transcript == [
        "say identify: overdue-identify",
        "cut",
        "respond opted_out {'everything': False}",
        "checkpoint",
        "opt out of this topic",
        "checkpoint",
        "say opt-out: opted-out",
        "hang up: opted out",
    ]


def test_zero_is_an_agent_at_every_question(maria: Rehearsal) -> None:
    maria.presses("0").learns("open").learns("known", free_agents=1).listens()
    assert maria.transcript[-1] == "transfer to collections"


def test_nobody_free_leaves_the_matter_open(maria: Rehearsal) -> None:
    maria.presses("0").learns("open").learns("known", free_agents=1).listens().learns("no_agent").listens()
    assert maria.heard[-2:] == ["agent-not-taken", "agent-offer-call-back"]
    assert not any(line.startswith("respond") for line in maria.transcript)


def test_voicemail_hears_two_askings_then_the_name_and_number_only(maria: Rehearsal) -> None:
    maria.stays_silent(2).listens()
    assert maria.transcript == [
        "say identify: overdue-identify",
        "say identify: no-input + overdue-identify",
        "respond no_input",
        "checkpoint",
        "say limited-message: limited-message",
        "hang up: nobody answered by key",
    ]


def test_eight_says_the_details_again(maria: Rehearsal) -> None:
    maria.listens().presses("1").listens().presses("8").listens()
    assert maria.heard.count("overdue-details") == 2
    assert "respond repeated" in maria.transcript


def test_going_away_without_a_word_is_an_ordinary_end(maria: Rehearsal) -> None:
    maria.listens().presses("1").hangs_up()
    assert maria.transcript[-1] == "respond hung_up"
    assert maria.is_over


def test_an_expert_presses_ahead_but_never_past_the_confirmation(maria: Rehearsal) -> None:
    maria.presses("111").listens()
    assert not any(line.startswith("pay ") for line in maria.transcript)
    assert maria.heard[-2:] == ["overdue-pay-summary", "overdue-pay-confirm"]


OF_ANOTHER_AMOUNT = {
    "overdue-pay-part-summary",
    "overdue-pay-part-confirm",
    "overdue-paid-part",
    "pay-part-paid",
}


def test_all_but_what_is_keyed_in_can_be_spoken_before_the_call(flow: Flow) -> None:
    session = Session(flow, WORDED, MARIA, "en")
    texts = [segment.text for segment in known_before(session) if isinstance(segment, TextSegment)]
    assert set(unknown_before(session)) == OF_ANOTHER_AMOUNT | READ_BACK
    assert len(texts) == len(set(texts))
    first = session.start().commands[-1]
    assert isinstance(first, Say)
    assert "Acme Credit Union" in first.segments[0].text, "the company is in the first sentence"
    assert set(first.segments) <= set(known_before(session))


@pytest.mark.parametrize(
    "prompt", ["overdue-identify", "limited-message", "overdue-not-them", "opted-out", "contact-stopped"]
)
def test_what_anyone_may_hear_tells_nothing_of_an_account(prompt: str) -> None:
    said = " ".join(segment.text for segment in WORDED.render(prompt, "en", MARIA)).lower()
    for word in ("account", "payment", "due", "dollar", "debt", "card", "collect"):
        assert word not in said
