"""Vault, keyed card, automatic payments, invitations in the shipped flows: whatever somebody does there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest

from ivr.flows.commands import Hangup
from ivr.flows.effects import AuthorisePayments, Effect, HandToVault, InviteMonthly, Pay, RecordVoice
from ivr.flows.player.answers import answer
from ivr.flows.sample_variables import SAMPLE_VARIABLES
from ivr.flows.session import Session
from ivr.flows.state import Phase
from ivr.flows.variables import Variables
from ivr.sources.content_folder import ContentFolders
from ivr.sources.flow_folder import FlowFolder, FlowInUse
from tests.unit.flows.rehearsal import Rehearsal

ROOT = Path(__file__).parents[3]
FOLDERS = ContentFolders(
    *(ROOT / name for name in ("dialplans/flows", "prompts", "alert_rules", "config/compliance"))
)
PIN = "8264#"
_MOST = 60
"""Steps after which a call must be over."""


@cache
def shipped(name: str) -> FlowInUse:
    return FlowFolder(FOLDERS).in_use(name)


def offers(**payments: object) -> Variables:
    """Return a customer of a company that has these ways to pay."""
    known: Mapping[str, object] = {
        "card_keying": False,
        "vault": None,
        "card_page": None,
        "page_proof": True,
        "automatic": None,
        "invitation": None,
        "invited": None,
        "authorised": None,
    }
    contact = {"sms": None, "email": True}
    return {**SAMPLE_VARIABLES, "contact": contact, "payments": {**known, **payments}}


EVERYTHING = offers(card_keying=True, vault=True, automatic=True, invitation=True)


class Talk(Rehearsal):
    """A call of a shipped flow, in which effects end well unless told otherwise."""

    def __init__(self, variables: Variables = EVERYTHING, flow: str = "payment-overdue") -> None:
        used = shipped(flow)
        self.effects: list[Effect] = []
        super().__init__(Session(used.flow, used.catalogue, variables, "en", used.flows))

    def goes_on(self, **results: str) -> Talk:
        """Hear everything out, and let effects come back, until a key is waited for."""
        for _ in range(_MOST):
            self.listens()
            effect = self.turn.state.effect
            if self.is_over or effect is None or self.turn.state.phase is not Phase.EFFECT:
                return self
            self.effects.append(effect)
            done = answer(effect, results)
            self.feed(done)
        raise AssertionError("it never comes to a question")

    def keys(self, *pressed: str, **results: str) -> Talk:
        """Press keys one question after another."""
        for keys in pressed:
            self.goes_on(**results)
            self.presses(keys)
        return self.goes_on(**results)

    def asked_for(self, kind: type[Effect]) -> list[Effect]:
        return [effect for effect in self.effects if isinstance(effect, kind)]

    @property
    def words(self) -> str:
        return " ".join(self.heard)


def test_another_card_is_offered_after_the_link_where_there_is_a_vault() -> None:
    menu = Talk().keys("1").heard[-1]
    assert menu.index("card ending in four two") < menu.index("link to pay, press 6")
    assert menu.index("link to pay, press 6") < menu.index("another card, press 7")


@pytest.mark.parametrize("payments", [{"vault": True}, {"card_keying": True}])
def test_it_is_offered_for_either_way(payments: Mapping[str, object]) -> None:
    assert "another card, press 7" in Talk(offers(**payments)).keys("1").heard[-1]


def test_it_is_not_offered_where_there_is_neither() -> None:
    assert "another card" not in Talk(offers()).keys("1").heard[-1]


def test_the_vault_takes_the_card_and_it_pays_what_is_due_once() -> None:
    call = Talk(offers(vault=True)).keys("1", "7", "1")
    [pay] = call.asked_for(Pay)
    assert isinstance(pay, Pay)
    assert pay.method_id == "sample-card"
    assert call.is_over
    assert "has been made" in call.heard[-1]


def test_a_vault_that_does_not_answer_leads_to_the_keypad_where_that_is_allowed() -> None:
    call = Talk().keys("1", "7", hand_to_vault="unavailable")
    assert "key in the number of your card" in call.heard[-1]
    call = Talk(offers(vault=True)).keys("1", "7", hand_to_vault="unavailable")
    assert "we cannot take a card now" in call.words
    assert "link to pay, press 6" in call.heard[-1], "back in the menu"


def test_a_card_is_keyed_in_and_pays() -> None:
    call = Talk(offers(card_keying=True)).keys("1", "7", "4242424242424242#", "1139", "739#", "1")
    assert len(call.asked_for(Pay)) == 1
    assert "has been made" in call.heard[-1]


def test_the_key_that_gives_up_leads_back_and_nothing_is_paid() -> None:
    call = Talk(offers(card_keying=True)).keys("1", "7", "4242*")
    assert call.asked_for(Pay) == []
    assert "Nothing was charged" in call.words


@pytest.mark.parametrize("result", ["no_card", "failed"])
def test_a_vault_without_a_card_leads_back_and_nothing_is_paid(result: str) -> None:
    call = Talk().keys("1", "7", hand_to_vault=result)
    assert call.asked_for(Pay) == []
    assert "To promise a payment" in call.heard[-1]


PAID = ("1", "1", "1")
"""Yes, pay with the saved card, confirm."""


def test_nothing_is_offered_where_nothing_is_to_be() -> None:
    call = Talk(offers()).keys(*PAID)
    assert call.is_over
    assert call.heard[-1].endswith("Goodbye.")


def test_automatic_payments_take_proof_terms_key_and_voice() -> None:
    call = Talk(offers(automatic=True)).keys(*PAID, "1", PIN, "1")
    [agreed] = call.asked_for(AuthorisePayments)
    assert isinstance(agreed, AuthorisePayments)
    assert (agreed.method_id, agreed.recording, agreed.day) == ("sample-method", "sample-recording", 15)
    kinds = [effect.kind for effect in call.effects]
    assert kinds.index("check_factor") < kinds.index("record_voice") < kinds.index("authorise_payments")
    for terms in ("fifteenth of each month", "If nothing is due", "You can end this at any time by calling"):
        assert terms in call.words
    assert "we send you a copy in writing" in call.words


def test_a_card_that_the_vault_has_just_taken_is_the_one_that_is_charged() -> None:
    call = Talk(offers(automatic=True, vault=True)).keys("1", "7", "1", "1", PIN, "1")
    [agreed] = call.asked_for(AuthorisePayments)
    assert isinstance(agreed, AuthorisePayments)
    assert agreed.method_id == "sample-card"


def test_a_card_that_was_keyed_in_is_kept_for_nothing_more() -> None:
    variables = {**offers(automatic=True, card_keying=True), "payment_method": None}
    call = Talk(variables).keys("1", "7", "4242424242424242#", "1139", "739#", "1")
    assert call.is_over
    assert "every month" not in call.words


@pytest.mark.parametrize("result", ["locked", "unavailable"])
def test_who_is_not_proved_agrees_to_nothing(result: str) -> None:
    call = Talk(offers(automatic=True)).keys(*PAID, "1", PIN, check_factor=result)
    assert call.asked_for(AuthorisePayments) == []
    assert call.is_over


def test_an_empty_recording_is_no_word() -> None:
    call = Talk(offers(automatic=True)).keys(*PAID, "1", PIN, "1", record_voice="empty")
    assert len(call.asked_for(RecordVoice)) > 1
    assert call.asked_for(AuthorisePayments) == []


@pytest.mark.parametrize(
    ("day", "medium", "agreed"),
    [("1", "1", (1, "voice")), ("2", "3", (10, "email")), ("3", "1", (20, "voice"))],
)
def test_an_invitation_has_a_day_and_a_medium(day: str, medium: str, agreed: tuple[int, str]) -> None:
    call = Talk(offers(invitation=True)).keys(*PAID, "2", day, medium)
    [invited] = call.asked_for(InviteMonthly)
    assert isinstance(invited, InviteMonthly)
    assert (invited.day, invited.medium) == agreed
    assert "We will invite you to pay every month" in call.words


def test_writing_is_offered_to_those_alone_whose_link_leads_to_a_card() -> None:
    keyed_in, no_card = (
        ("1", "7", "4242424242424242#", "1139", "739#", "1", "2", "1"),
        {"payment_method": None},
    )
    call = Talk({**offers(invitation=True, card_keying=True), **no_card}).keys(*keyed_in)
    [invited] = call.asked_for(InviteMonthly)
    assert isinstance(invited, InviteMonthly)
    assert invited.medium == "voice"
    assert "e-mail, press 3" not in call.words
    kept = Talk({**offers(invitation=True, vault=True), **no_card})
    assert "e-mail, press 3" in kept.keys("1", "7", "1", "2", "1").words
    page = Talk({**offers(invitation=True, card_keying=True, card_page=True), **no_card})
    assert "e-mail, press 3" in page.keys(*keyed_in).words, "the provider's page takes any card"


def test_writing_is_not_offered_to_whom_its_page_would_turn_away() -> None:
    call = Talk(offers(invitation=True, page_proof=None)).keys(*PAID, "2", "1")
    [invited] = call.asked_for(InviteMonthly)
    assert isinstance(invited, InviteMonthly)
    assert invited.medium == "voice"


def test_both_are_offered_where_there_are_both() -> None:
    offer = Talk(offers(automatic=True, invitation=True)).keys(*PAID).heard[-1]
    assert "press 1" in offer
    assert "press 2" in offer


Way = tuple[str, Callable[[], Talk]]
STEPS: dict[str, Callable[[], Talk]] = {
    "the menu": lambda: Talk().keys("1"),
    "the card's number": lambda: Talk(offers(card_keying=True)).keys("1", "7"),
    "its expiry": lambda: Talk(offers(card_keying=True)).keys("1", "7", "4242424242424242#"),
    "its code": lambda: Talk(offers(card_keying=True)).keys("1", "7", "4242424242424242#", "1139"),
    "the vault's card": lambda: Talk().keys("1", "7"),
    "the offer": lambda: Talk().keys(*PAID),
    "the proof": lambda: Talk().keys(*PAID, "1"),
    "the agreement": lambda: Talk().keys(*PAID, "1", PIN),
    "the day": lambda: Talk().keys(*PAID, "2"),
    "the medium": lambda: Talk().keys(*PAID, "2", "1"),
    "an invitation": lambda: Talk(offers(invited=True), "payment-invitation").keys("1"),
    "a declined automatic payment": lambda: Talk(offers(), "automatic-payment-declined").keys("1"),
    "what is due": lambda: Talk(offers(vault=True), "payment-invitation").keys("1", "1"),
    "other ways to pay": lambda: Talk(offers(vault=True), "payment-invitation").keys("1", "1", "2"),
}
"""Every question of a vault's stay, of a keyed card and of what is arranged for the next month."""


def agreements(call: Talk) -> int:
    """Count what moved money or will."""
    return len(call.asked_for(Pay) + call.asked_for(AuthorisePayments) + call.asked_for(InviteMonthly))


@pytest.mark.parametrize("step", STEPS)
def test_a_hang_up_is_an_ordinary_end_and_agrees_to_nothing(step: str) -> None:
    call = STEPS[step]()
    before = agreements(call)
    call.hangs_up()
    assert call.is_over
    assert agreements(call) == before


@pytest.mark.parametrize("step", STEPS)
def test_silence_ends_politely_and_agrees_to_nothing(step: str) -> None:
    call = STEPS[step]()
    before = agreements(call)
    for _ in range(_MOST):
        if call.goes_on().is_over:
            break
        call.stays_silent()
    assert call.is_over
    assert agreements(call) == before
    assert any(isinstance(command, Hangup) for command in call.commands), "we end it, with a word"


@pytest.mark.parametrize("step", STEPS)
def test_wrong_keys_to_the_limit_agree_to_nothing(step: str) -> None:
    call = STEPS[step]()
    before = agreements(call)
    for _ in range(_MOST):
        if call.goes_on().is_over:
            break
        call.presses("#")
    assert agreements(call) == before
    assert call.is_over


@pytest.mark.parametrize("step", STEPS)
def test_keys_that_never_stop_neither_pay_nor_authorise(step: str) -> None:
    """Whoever keeps the 1 pressed, during every prompt, hears amounts and terms to their end all the same."""
    call = STEPS[step]()
    before = len(call.asked_for(Pay))
    for _ in range(_MOST):
        if call.is_over:
            break
        if call.turn.state.phase is Phase.EFFECT:
            effect = call.turn.state.effect
            assert effect is not None
            call.effects.append(effect)
            empty = {"record_voice": "empty", "check_factor": "no_match"}
            call.feed(answer(effect, empty))
        elif call._on_the_line is not None:
            call.presses("1")
            if call.turn.state.say_id == call._on_the_line:
                call.listens()
        else:
            call.stays_silent()
    assert len(call.asked_for(AuthorisePayments)) == 0
    assert len(call.asked_for(Pay)) <= before + 1


def test_a_doubled_key_never_pays_with_the_vault_s_card() -> None:
    call = Talk().keys("1")
    call.presses("71")
    call.goes_on()
    assert call.asked_for(Pay) == []
    assert [effect.kind for effect in call.asked_for(HandToVault)] == ["hand_to_vault"]


OF_DIGITS = ("the card's number", "its expiry", "its code", "the proof")
"""Where star gives the card up, or begins the number anew, and a nine is a digit."""


@pytest.mark.parametrize("step", [step for step in STEPS if step not in OF_DIGITS])
def test_star_is_slower_at_every_question_of_paying(step: str) -> None:
    call = STEPS[step]()
    asked = call.heard[-1]
    call.presses("*").listens()
    assert call.transcript.count("respond slower") == 1
    assert call.heard[-1].endswith(asked), "the question follows"


@pytest.mark.parametrize("step", [step for step in STEPS if step not in OF_DIGITS])
def test_nine_stops_the_calls_at_every_question_that_a_key_answers(step: str) -> None:
    call = STEPS[step]().keys("9")
    assert "opt_out" in [effect.kind for effect in call.effects]
    assert call.is_over
    assert agreements(call) == agreements(STEPS[step]())


@pytest.mark.parametrize("step", [step for step in STEPS if step not in OF_DIGITS])
def test_nought_leads_to_an_agent_from_every_question_that_a_key_answers(step: str) -> None:
    call = STEPS[step]().keys("0")
    assert "transfer" in [effect.kind for effect in call.effects]
    assert agreements(call) == agreements(STEPS[step]())
