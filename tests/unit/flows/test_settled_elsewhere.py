"""A key would settle what another call has settled meanwhile: the flow says so in its place."""

from __future__ import annotations

from ivr.flows.events import HungUp, SettledElsewhere
from ivr.outcomes.response import Response
from tests.unit.flows.rehearsal import Rehearsal, flow_of, for_anyone, rehearse

CATALOGUE = for_anyone("ask", "promised", "late", "menu")
NODES = """
ask: {type: menu, prompt: ask, keys: {1: {to: promised, response: confirmed}}}
promised: {type: hangup, prompt: promised}
"""
LATE = "late: {type: say, prompt: late, next: menu}\nmenu: {type: menu, prompt: menu, keys: {1: promised}}\n"
RECORD = "ask: {type: record, prompt: ask, variable: word, response: problem_reported, "
RECORD += "next: promised, failed: promised}\n"


def late(nodes: str, head: str = "settled: late") -> Rehearsal:
    return rehearse(flow_of(nodes, CATALOGUE, head), CATALOGUE)


def test_it_is_told_and_the_call_goes_on_there() -> None:
    call = late(NODES + LATE).feed(SettledElsewhere())
    assert call.listens().heard == ["ask", "late", "menu"]
    assert call.turn.state.responses == ()


def test_without_words_of_its_own_the_flow_says_good_bye() -> None:
    call = late(NODES, "").listens().feed(SettledElsewhere()).listens()
    assert call.heard[-1] == "bye"
    assert call.is_over


def test_what_was_pressed_ahead_was_meant_for_something_else() -> None:
    call = late(NODES + LATE)
    assert call.feed(SettledElsewhere()).presses("1").listens().heard[-1] == "promised"
    again = late(NODES + LATE).listens()
    assert again.feed(SettledElsewhere()).turn.state.keyed.early == ""


def test_an_effect_that_was_open_is_none_any_more() -> None:
    nodes = RECORD + "promised: {type: hangup, prompt: promised}\n"
    call = late(nodes + LATE).listens()
    assert call.turn.state.effect is not None
    after = call.feed(SettledElsewhere()).turn.state
    assert after.effect is None
    assert call.heard[-1] == "late"


def test_after_the_end_nothing_follows() -> None:
    call = late(NODES + LATE).hangs_up().feed(SettledElsewhere())
    assert call.heard == ["ask"]


REVIEWED = RECORD.replace("failed: promised}", "failed: promised, review: {prompt: menu}}")


def test_who_leaves_at_the_review_too_late_has_only_hung_up() -> None:
    call = late(REVIEWED + "promised: {type: hangup, prompt: promised}\n", "").listens()
    call.learns("recorded", recording="r1").feed(HungUp(is_settled_elsewhere=True))
    assert [response for response, _ in call.turn.state.responses] == [Response.HUNG_UP]
