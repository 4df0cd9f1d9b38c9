import pytest

from ivr.errors import ContentError
from ivr.flows.effects import Pay, TakeCard
from ivr.flows.state import dump_state
from ivr.flows.variables import Variables
from ivr.prompts.content_tier import ContentTier
from tests.unit.flows.rehearsal import MARIA, Rehearsal, TinyCatalogue, flow_of, rehearse

CATALOGUE = TinyCatalogue(
    dict.fromkeys(
        ("who", "number", "expiry", "code", "bad", "sum", "confirm", "paid", "menu", "agent", "sorry", "bye"),
        ContentTier.ANYONE,
    ),
    slots={"sum": "own.card.ending"},
)
NODES = """
who: {type: verify, prompt: who, yes: {key: 1, to: card}, no: {key: 2, to: agent}}
card:
  type: take_card
  number: number
  expiry: expiry
  code: code
  taken: pay
  aborted: menu
  unavailable: menu
  failed: agent
  attempts: 3
  no_match: {prompt: bad, to: agent}
  no_input: {to: agent}
pay:
  type: pay
  method: own.card
  summary: sum
  prompt: confirm
  success: paid
  declined: agent
  provider_error: agent
  unavailable: agent
menu: {type: menu, prompt: menu, keys: {1: agent}}
paid: {type: hangup, prompt: paid}
agent: {type: hangup, prompt: agent}
"""
NUMBER, EXPIRY, CODE = "4242424242424242", "1230", "739"


def call(variables: Variables = MARIA) -> Rehearsal:
    return rehearse(flow_of(NODES, CATALOGUE), CATALOGUE, variables).listens().presses("1").listens()


def keyed() -> Rehearsal:
    return call().presses(f"{NUMBER}#").listens().presses(EXPIRY).listens().presses(f"{CODE}#")


def test_number_expiry_and_code_are_asked_for_and_handed_over_by_their_handles() -> None:
    person = keyed()
    assert person.heard == ["who", "number", "expiry", "code"]
    assert person.commands[-1] == TakeCard(5, "card_number", "card_expiry", "card_code")
    secrets = person.turn.state.keyed.secrets
    assert [secrets[name].digits for name in ("card_number", "card_expiry", "card_code")] == [
        *(NUMBER, EXPIRY, CODE)
    ]


def test_the_card_is_then_paid_with_after_its_ending_was_heard() -> None:
    person = keyed().learns("taken", id="m9", kind="card", ending="4242")
    assert person.heard[-1] == "sum 4242"
    person.listens().presses("1").listens()
    assert isinstance(person.turn.state.effect, Pay)
    assert person.turn.state.effect.method_id == "m9"


def test_nothing_that_was_keyed_is_shown_stored_or_kept_beyond_the_step() -> None:
    person = call()
    shown = ""
    for key in f"{NUMBER}#{EXPIRY}{CODE}#":
        person.listens().presses(key)
        shown += dump_state(person.turn.state) + repr(person.turn) + str(person.commands)
    for secret in (NUMBER[:6], EXPIRY, CODE):
        assert secret not in shown
    assert person.learns("taken", id="m9", kind="card", ending="4242").turn.state.keyed.secrets == {}


@pytest.mark.parametrize("before", ["", NUMBER[:9], f"{NUMBER}#", f"{NUMBER}#{EXPIRY}12"])
def test_star_gives_it_up_at_any_point_and_forgets_it(before: str) -> None:
    person = call()
    for key in before:
        person.listens().presses(key)
    assert person.presses("*").heard[-1] == "menu"
    assert person.turn.state.keyed.secrets == {}
    assert person.turn.state.keyed.digits == ""


@pytest.mark.parametrize("number", ["4242424242424241#", "42#", "0000000000000000#"])
def test_a_number_that_no_card_can_have_is_asked_for_again(number: str) -> None:
    assert call().presses(number).heard[-1] == "bad + number"


@pytest.mark.parametrize("expiry", ["0226", "1330"])
def test_an_expiry_that_no_card_can_have_is_asked_for_again(expiry: str) -> None:
    assert call().presses(f"{NUMBER}#").listens().presses(expiry).heard[-1] == "bad + expiry"


def test_wrong_answers_are_counted_over_all_three_and_limited() -> None:
    person = call().presses("42#").listens().presses(f"{NUMBER}#").listens().presses("0226").listens()
    person.presses("0226")
    assert person.heard[-1] == "agent"
    assert person.turn.state.keyed.secrets == {}


def test_a_card_that_the_provider_refuses_is_asked_for_from_the_first() -> None:
    assert keyed().learns("refused").heard[-1] == "bad + number"


def test_a_provider_that_can_not_be_asked_has_its_way() -> None:
    assert keyed().learns("failed").heard[-1] == "agent"


def test_a_drop_loses_what_was_keyed_and_it_is_asked_for_again() -> None:
    assert keyed().is_picked_up().listens().heard[-2:] == ["sorry", "number"]


@pytest.mark.parametrize("payments", [{"card_keying": False}, {}, None])
def test_where_it_is_not_allowed_nobody_is_asked_for_a_digit(payments: object) -> None:
    assert call({**MARIA, "payments": payments}).heard == ["who", "menu"]


def test_nobody_keys_a_card_in_before_they_are_confirmed() -> None:
    with pytest.raises(ContentError, match="a take_card node is for a confirmed person"):
        flow_of(NODES.replace("no: {key: 2, to: agent}", "no: {key: 2, to: card}"), CATALOGUE)
