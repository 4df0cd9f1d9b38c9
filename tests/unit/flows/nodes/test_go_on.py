"""A later call goes on at the step at which the earlier one broke off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from ivr.flows.effects import FindStep
from ivr.flows.rejoin import left_at
from ivr.prompts.content_tier import ContentTier
from tests.unit.flows.rehearsal import MARIA, Rehearsal, TinyCatalogue, flow_of, rehearse

CATALOGUE = TinyCatalogue(
    dict.fromkeys(("ask", "menu", "days", "left", "sorry", "bye"), ContentTier.ANYONE),
    {"days": "own.days"},
)
NODES = """
prove:
  type: verify_factor
  questions: {pin: {prompt: ask, length: 4}}
  match: on
  locked: bye
  unavailable: bye
  no_match: {prompt: ask}
on: {type: go_on, otherwise: menu}
menu: {type: menu, prompt: menu, keys: {1: note, 2: bye}}
note: {type: set_variable, variable: days, value: "7", next: days}
days: {type: menu, prompt: days, keys: {1: bye, 2: menu}}
bye: {type: hangup, prompt: left}
"""


def proved() -> Rehearsal:
    call = rehearse(flow_of(NODES, CATALOGUE), CATALOGUE, MARIA).listens()
    return call.presses("1234").learns("match")


def broken_off() -> Mapping[str, Any]:
    """Return where a call stood that broke off at the question of the days."""
    call = proved().learns("none").listens().presses("1").listens().hangs_up()
    return left_at(call.turn.state)


def test_the_host_is_asked_who_knows_the_earlier_call() -> None:
    assert isinstance(proved().turn.state.effect, FindStep)


def test_it_goes_on_there_with_what_was_set_by_then() -> None:
    call = proved().learns("found", **broken_off())
    assert call.heard[-1] == "days 7"
    assert (call.turn.state.node, call.turn.state.result) == ("days", {})


def test_without_such_a_step_it_goes_on_otherwise() -> None:
    assert proved().learns("none").heard[-1] == "menu"


@pytest.mark.parametrize(
    "changed",
    [
        {"frames": [["test", "another version", "days"]]},
        {"frames": [["another", "v", "days"]]},
        {"frames": [["test", "{version}", "gone"]]},
        {"frames": [["test", "{version}", "bye"]]},
        {"frames": []},
        {"frames": None},
    ],
    ids=["changed flow", "other flow", "no such step", "the end", "nothing", "nonsense"],
)
def test_where_that_can_t_be_it_goes_on_otherwise_and_nothing_is_carried(changed: dict[str, Any]) -> None:
    call = proved()
    frames = [
        [part.format(version=call.turn.state.flow_version) for part in frame]
        for frame in changed["frames"] or ()
    ]
    call.learns("found", **{**broken_off(), "frames": frames if changed["frames"] is not None else None})
    assert call.heard[-1] == "menu"
    assert call.turn.state.own == {}


@pytest.mark.parametrize("question", ["told", "before"])
def test_it_does_not_go_on_where_the_result_of_an_effect_is_spoken_of(question: str) -> None:
    catalogue = TinyCatalogue(
        dict.fromkeys(("ask", "menu", "days", "told", "before", "left", "sorry", "bye"), ContentTier.ANYONE),
        {"told": "result.callers_waiting"},
    )
    nodes = NODES.replace(
        "note:",
        f"""
look: {{type: check_staffing, queue: front, free: {question}, busy: before}}
before: {{type: menu, prompt: before, keys: {{1: told}}}}
told: {{type: menu, prompt: told, keys: {{1: bye}}}}
note:""",
    ).replace("keys: {1: note, 2: bye}", "keys: {1: look, 2: note}")
    call = rehearse(flow_of(nodes, catalogue), catalogue, MARIA).listens().presses("1234").learns("match")
    call.learns("none").listens().presses("1").learns("known", free_agents=1, callers_waiting=3)
    assert call.turn.state.node == question
    again = rehearse(flow_of(nodes, catalogue), catalogue, MARIA).listens().presses("1234").learns("match")
    assert again.learns("found", **left_at(call.hangs_up().turn.state)).heard[-1] == "menu"
