import pytest

from ivr.errors import ContentError
from ivr.flows.events import Pressed
from ivr.flows.state import dump_state, load_state
from ivr.money import Money
from ivr.prompts.content_tier import ContentTier
from tests.unit.flows.rehearsal import MARIA, Rehearsal, TinyCatalogue, flow_of, rehearse

CATALOGUE = TinyCatalogue(
    dict.fromkeys(("ask", "wrong", "thanks", "after", "sorry", "bye"), ContentTier.ANYONE),
    slots={"thanks": "gathered.number"},
)
NODES = """
ask:
  type: gather
  prompt: ask
  variable: number
  length: {least: 2, most: 4}
  next: thanks
  no_match: {prompt: wrong}
thanks: {type: say, prompt: thanks, next: after}
after: {type: menu, prompt: after, keys: {1: bye}}
bye: {type: hangup, prompt: bye}
"""
PIN_NODES = """
ask: {type: gather, prompt: ask, variable: pin, length: 4, secret: true, next: after}
after: {type: menu, prompt: after, keys: {1: bye}}
bye: {type: hangup, prompt: bye}
"""


@pytest.fixture
def call() -> Rehearsal:
    return rehearse(flow_of(NODES, CATALOGUE), CATALOGUE)


def test_enough_digits_end_it(call: Rehearsal) -> None:
    assert call.listens().presses("1234").heard[-1] == "thanks 1234"


def test_the_terminator_after_the_last_digit_means_nothing(call: Rehearsal) -> None:
    call.listens().presses("1234#")
    assert call.heard == ["ask", "thanks 1234"]
    assert call.transcript[-1] == "say thanks: thanks 1234", "it cuts nothing"
    assert call.listens().presses("1").heard[-1] == "bye"


def test_neither_does_it_when_all_was_pressed_ahead() -> None:
    ahead = NODES.replace("ask:", "before: {type: say, prompt: after, next: ask}\nask:", 1)
    call = rehearse(flow_of(ahead, CATALOGUE), CATALOGUE).presses("1234#")
    assert call.heard[-1] == "thanks 1234"
    assert call.listens().heard[-1] == "after"


def test_only_the_next_key_is_overlooked(call: Rehearsal) -> None:
    call.listens().presses("1234##")
    assert call.transcript[-1] == "say after: after", "the second is a key like any other"


def test_once_something_was_heard_it_is_a_key_like_any_other() -> None:
    ends = NODES.replace("keys: {1: bye}", "keys: {'#': bye}")
    call = rehearse(flow_of(ends, CATALOGUE), CATALOGUE).listens().presses("1234").listens()
    assert call.presses("#").heard[-1] == "bye"


def test_the_terminator_ends_it_early(call: Rehearsal) -> None:
    assert call.listens().presses("12#").heard[-1] == "thanks 12"


def test_a_pause_after_enough_digits_ends_it(call: Rehearsal) -> None:
    call.listens().presses("12")
    assert call.turn.wait is not None
    assert call.turn.wait.timeout == 3.0
    assert call.stays_silent().heard[-1] == "thanks 12"


def test_too_few_digits_are_asked_for_again_from_the_first(call: Rehearsal) -> None:
    call.listens().presses("1").stays_silent()
    assert call.heard[-1] == "wrong + ask"
    assert call.listens().presses("34#").heard[-1] == "thanks 34"


def test_star_begins_anew(call: Rehearsal) -> None:
    assert call.listens().presses("12*34#").heard[-1] == "thanks 34"


def test_keys_beyond_the_last_digit_answer_the_next_question(call: Rehearsal) -> None:
    assert call.presses("12341").heard[-1] == "bye"


def test_silence_is_asked_again_then_ends_the_call(call: Rehearsal) -> None:
    assert call.stays_silent(2).listens().heard == ["ask", "ask", "bye"]
    assert "respond no_input" in call.transcript


def test_a_secret_is_in_no_repr_no_stored_state_and_no_log() -> None:
    call = rehearse(flow_of(PIN_NODES, CATALOGUE), CATALOGUE).listens()
    shown = ""
    for key in "7391":
        call.presses(key)
        shown += dump_state(call.turn.state) + repr(call.turn) + str(call.commands)
    assert call.turn.state.keyed.secrets["pin"].digits == "7391"
    assert "7391" not in shown
    for part in ("739", "391"):
        assert part not in shown


def test_a_secret_lives_until_the_next_node_is_left() -> None:
    call = rehearse(flow_of(PIN_NODES, CATALOGUE), CATALOGUE).listens().presses("7391")
    assert "pin" in call.turn.state.keyed.secrets
    assert call.presses("1").turn.state.keyed.secrets == {}


def test_a_secret_lost_on_the_way_is_asked_for_again() -> None:
    call = rehearse(flow_of(PIN_NODES, CATALOGUE), CATALOGUE).listens().presses("73")
    moved = load_state(dump_state(call.turn.state))
    turn = call.session.resume(moved, Pressed("9"))
    assert turn.state.node == "ask"
    assert turn.state.keyed.digits == ""
    assert turn.wait is not None


@pytest.mark.parametrize(
    ("written", "instead", "complaint"),
    [
        (
            "length: {least: 2, most: 4}",
            "length: {least: 5, most: 4}",
            "at least 5 digits can't be at most 4",
        ),
        ("variable: number", "variable: number\n  terminator: 5", "terminator 5 is a digit itself"),
        ("variable: number", "variable: Number!", "nodes.ask.variable"),
        ("variable: number", "variable: number\n  limits: {least: 1}", "limits are for amounts"),
    ],
)
def test_what_can_not_be_is_refused(written: str, instead: str, complaint: str) -> None:
    with pytest.raises(ContentError, match=complaint):
        flow_of(NODES.replace(written, instead), CATALOGUE)


READ_BACK = NODES.replace("  next: thanks", "  read_back: thanks\n  next: after").replace(
    "thanks: {type: say, prompt: thanks, next: after}\n", ""
)


def test_a_number_is_kept_only_when_it_was_read_back_and_is_right() -> None:
    call = rehearse(flow_of(READ_BACK, CATALOGUE), CATALOGUE).listens().presses("12#").listens()
    assert call.heard[-1] == "thanks 12"
    assert call.presses("2").listens().presses("34#").listens().presses("1").heard[-3:] == [
        "ask",
        "thanks 34",
        "after",
    ]


def test_silence_after_the_read_back_reads_it_back_again() -> None:
    call = rehearse(flow_of(READ_BACK, CATALOGUE), CATALOGUE).listens().presses("12#").stays_silent()
    assert call.heard[-1] == "thanks 12"


def test_terminator_and_restart_can_change_places() -> None:
    nodes = NODES.replace("variable: number", "variable: number\n  terminator: '*'\n  restart: '#'")
    assert rehearse(flow_of(nodes, CATALOGUE), CATALOGUE).listens().presses("56#12*").heard[-1] == "thanks 12"


def test_a_secret_is_never_read_back() -> None:
    with pytest.raises(ContentError, match="a secret is never read back"):
        flow_of(READ_BACK.replace("variable: number", "variable: number\n  secret: true"), CATALOGUE)


LIMITED = NODES.replace(
    "length: {least: 2, most: 4}",
    "length: {least: 1, most: 8}\n  form: amount\n  limits: {least: 5, most: account.amount_due}",
)


@pytest.mark.parametrize("keys", ["4*99#", "120*51#"])
def test_an_amount_beyond_its_limits_is_asked_for_again(keys: str) -> None:
    call = rehearse(flow_of(LIMITED, CATALOGUE), CATALOGUE).listens().presses(keys)
    assert call.heard[-1] == "wrong + ask"


@pytest.mark.parametrize("keys", ["5#", "120*50#"])
def test_the_limits_themselves_are_taken(keys: str) -> None:
    call = rehearse(flow_of(LIMITED, CATALOGUE), CATALOGUE).listens().presses(keys)
    assert call.heard[-1].startswith("thanks")


def test_an_amount_is_keyed_in_the_currency_of_its_limits() -> None:
    nodes = LIMITED.replace("least: 5, most: account.amount_due", "least: choice.least, most: choice.most")
    given = {**MARIA, "choice": {"least": Money(1000, "EUR"), "most": Money(9000, "EUR")}}
    call = rehearse(flow_of(nodes, CATALOGUE), CATALOGUE, given).listens().presses("25#")
    assert call.turn.state.gathered["number"] == Money(2500, "EUR")


AMOUNT = NODES.replace("length: {least: 2, most: 4}", "length: {least: 1, most: 8}\n  form: amount")


@pytest.mark.parametrize(
    ("keys", "minor"), [("12*5#", 1250), ("12*5*7*25#", 725), ("*50#", 50), ("12#", 1200)]
)
def test_star_is_the_decimal_point_of_an_amount_and_begins_anew_after_it(keys: str, minor: int) -> None:
    call = rehearse(flow_of(AMOUNT, CATALOGUE), CATALOGUE).listens().presses(keys)
    assert call.turn.state.gathered["number"] == Money(minor, "USD")


def test_another_key_can_be_the_decimal_point() -> None:
    nodes = AMOUNT.replace("form: amount", "form: amount\n  point: '#'\n  terminator: null")
    call = rehearse(flow_of(nodes, CATALOGUE), CATALOGUE).listens().presses("9*12#5").stays_silent()
    assert call.turn.state.gathered["number"] == Money(1250, "USD")


@pytest.mark.parametrize(
    ("keys", "name"),
    [
        ("terminator: '*'\n  restart: '#'", "terminator"),
        ("restart: '*'", "restart"),
    ],
)
def test_a_decimal_point_that_means_something_else_is_refused(keys: str, name: str) -> None:
    complaint = (
        rf"can't be both {name} and the decimal point of an amount; give `{name}:` or `point:` another"
    )
    with pytest.raises(ContentError, match=complaint):
        flow_of(AMOUNT.replace("form: amount", f"form: amount\n  {keys}"), CATALOGUE)


@pytest.mark.parametrize(
    ("head", "keys"), [("", "point: '#'"), ("manners: {terminator: '*', restart: '#'}", "point: '*'")]
)
def test_neither_may_it_be_the_key_that_ends_numbers_in_the_whole_flow(head: str, keys: str) -> None:
    with pytest.raises(ContentError, match=r"nodes\.ask: key . is used twice, by `point` and `terminator`"):
        flow_of(AMOUNT.replace("form: amount", f"form: amount\n  {keys}"), CATALOGUE, head)


def test_where_no_amount_is_asked_for_star_may_end_a_number() -> None:
    nodes = NODES.replace("variable: number", "variable: number\n  terminator: '*'\n  restart: null")
    call = rehearse(flow_of(nodes, CATALOGUE), CATALOGUE).listens().presses("12*")
    assert call.heard[-1] == "thanks 12"


def test_the_flow_says_which_keys_end_a_number_and_begin_it_anew() -> None:
    swapped = flow_of(NODES, CATALOGUE, "manners: {terminator: '*', restart: '#'}")
    assert rehearse(swapped, CATALOGUE).listens().presses("12#34*").heard[-1] == "thanks 34"


def test_a_node_has_keys_of_its_own_or_none() -> None:
    own = NODES.replace("variable: number", "variable: number\n  terminator: '#'\n  restart: null")
    call = rehearse(flow_of(own, CATALOGUE, "manners: {terminator: null}"), CATALOGUE).listens()
    assert call.presses("1*").heard[-1] == "wrong + ask", "nothing begins anew here"
    assert call.listens().presses("12#").heard[-1] == "thanks 12"


HEAD = "manners: {restart: null, repeat: 8}\nkeys: {'*': bye, 9: bye}"


def test_keys_of_the_whole_flow_that_are_no_digits_work_while_digits_are_keyed() -> None:
    call = rehearse(flow_of(NODES, CATALOGUE, HEAD), CATALOGUE).listens().presses("98*")
    assert call.heard == ["ask", "bye"]


def test_digits_are_what_was_asked_for() -> None:
    call = rehearse(flow_of(NODES, CATALOGUE, HEAD), CATALOGUE).listens().presses("98#")
    assert call.heard[-1] == "thanks 98"


def test_all_keys_of_the_whole_flow_work_after_a_read_back() -> None:
    call = rehearse(flow_of(READ_BACK, CATALOGUE, HEAD), CATALOGUE).listens().presses("12#").listens()
    assert call.presses("8").listens().heard[-2:] == ["thanks 12", "thanks 12"]
    assert call.presses("9").heard[-1] == "bye"


def test_the_question_is_repeated_from_its_first_digit() -> None:
    star = flow_of(NODES, CATALOGUE, "manners: {restart: null, repeat: '*'}")
    call = rehearse(star, CATALOGUE).listens().presses("12*").listens().presses("34#")
    assert call.heard == ["ask", "ask", "thanks 34"]
    assert "respond repeated" in call.transcript
