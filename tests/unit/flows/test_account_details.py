"""What tells of an account is said to nobody but whom it may be told, whichever name it goes by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.errors import FlowError
from ivr.flows.account_details import tells_of_account
from ivr.prompts.content_tier import ContentTier
from tests.unit.flows.rehearsal import Rehearsal, TinyCatalogue, flow_of, rehearse


@pytest.mark.parametrize(
    ("path", "tells"),
    [
        ("account.amount_due", True),
        ("account", True),
        ("payment_method.ending", True),
        ("own.debt", True),
        ("own.debt.amount", True),
        ("own.greeting", False),
        ("own", True),
        ("gathered.promised_amount", True),
        ("gathered.days", False),
        ("gathered", True),
        ("result.answer.balance", True),
        ("result.reference", True),
        ("result.opens_at", False),
        ("result.expected_wait", False),
        ("result", True),
        ("company.name", False),
        ("customer.name", False),
        ("today", False),
    ],
)
def test_a_variable_tells_of_the_account_or_not(path: str, tells: bool) -> None:
    assert tells_of_account(path, {"debt"}) is tells


def test_a_flow_without_details_of_its_own_has_nothing_to_hide() -> None:
    assert not tells_of_account("own", ())


NAMES = dict.fromkeys(("told", "who", "sorry", "bye"), ContentTier.ANYONE)
UNCHECKED = TinyCatalogue(NAMES)
"""Prompts that tell nothing, so that the linter lets the flow pass."""
TELLING = """
{nodes}
told: {{type: hangup, prompt: told}}
"""
COPIED = "copy: {type: set_variable, variable: v, value: '{{ own.w }}', next: told}"
ASKED = "ask: {type: webhook, endpoint: e, keep: {v: part}, answered: told, failed: told}"


def call_that_says(variable: str, nodes: str) -> Rehearsal:
    """Rehearse a flow whose last prompt, for anyone, speaks of `variable`."""
    flow = flow_of(TELLING.format(nodes=nodes), UNCHECKED)
    return rehearse(flow, TinyCatalogue(NAMES, slots={"told": variable}))


def set_to(value: str, variable: str = "v", then: str = "told") -> str:
    return f"set: {{type: set_variable, variable: {variable}, value: '{value}', next: {then}}}"


@pytest.mark.parametrize(
    ("variable", "nodes"),
    [
        ("account.amount_due", "first: {type: goto, to: told}"),
        ("own.v", set_to("{{ account.amount_due }}")),
        ("own.v", set_to("you owe {{ account.amount_due }}, {{ customer.name }}")),
        ("own.v", f"{set_to('{{ payment_method.ending }}', 'w', 'copy')}\n{COPIED}"),
    ],
)
def test_a_prompt_for_anyone_that_would_tell_of_the_account_is_not_said(variable: str, nodes: str) -> None:
    with pytest.raises(FlowError, match=f"'told' in node 'told' was about to tell anyone of {variable}"):
        call_that_says(variable, nodes)


def test_what_another_program_answers_is_told_to_nobody_we_do_not_know() -> None:
    with pytest.raises(FlowError, match=r"tell anyone of own\.v"):
        call_that_says("own.v", ASKED).learns("answered", answer={"part": "12 dollars"})
    with pytest.raises(FlowError, match=r"tell anyone of result\.answer\.part"):
        call_that_says("result.answer.part", ASKED).learns("answered", answer={"part": "12 dollars"})


def test_what_was_set_to_something_else_since_is_no_detail_any_more() -> None:
    nodes = f"{set_to('{{ account.amount_due }}', 'v', 'copy')}\n{COPIED.replace('own.w', 'customer.name')}"
    assert call_that_says("own.v", nodes).heard == ["told Maria Lopez"]


def test_a_confirmed_listener_hears_it() -> None:
    who = "who: {type: verify, prompt: who, yes: {key: 1, to: set}, no: {key: 2, to: told}}\n"
    call = call_that_says("own.v", who + set_to("owes {{ account.amount_due }}")).presses("1")
    assert call.heard[-1] == "told owes 120.50 USD"
    assert call.turn.state.own_details == ("v",)


SOURCES = ("account.due_on", "account.amount_due", "payment_method.ending", "customer.name", "own.a", "own.b")
STEPS = st.lists(
    st.tuples(
        st.sampled_from("ab"), st.sampled_from(["{{ %s }}", "it is {{ %s }}"]), st.sampled_from(SOURCES)
    ),
    min_size=1,
    max_size=6,
)


@given(steps=STEPS, key=st.sampled_from("12"))
def test_by_no_chain_of_names_does_a_detail_come_to_somebody_we_do_not_know(
    steps: list[tuple[str, str, str]], key: str
) -> None:
    nodes = "who: {type: verify, prompt: who, yes: {key: 1, to: n0}, no: {key: 2, to: n0}}"
    for number, (name, text, source) in enumerate(steps):
        then = f"n{number + 1}" if number + 1 < len(steps) else "told"
        value = text % source
        nodes += f"\nn{number}: {{type: set_variable, variable: {name}, value: '{value}', next: {then}}}"
    call = call_that_says(f"own.{steps[-1][0]}", nodes)
    try:
        told = call.presses(key).heard[-1]
    except FlowError as error:
        told = str(error)
        of_account = [source for _, _, source in steps if source.startswith(("account", "payment_method"))]
        assert of_account or "account detail" not in told
    assert key == "1" or not any(detail in told for detail in ("2026-03-01", "120.50", "12050", "42"))
