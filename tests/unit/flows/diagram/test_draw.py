"""The picture is well-formed, complete, and every text fits its box."""

from __future__ import annotations

import re
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.flows.diagram.boxes import EVERYWHERE, Family, boxes_of
from ivr.flows.diagram.draw import draw
from ivr.flows.diagram.layout import CHARACTER, Placed, jump_text, lay_out
from ivr.flows.flow import Flow
from tests.unit.flows.rehearsal import flow_of, for_anyone
from tests.unit.flows.well_formed import NODE_TYPES, flows

SVG = "{http://www.w3.org/2000/svg}"
NODES = """
hello: {type: menu, prompt: hello, keys: {1: next, 2: next, 3: done}, no_input: {to: done}}
next: {type: say, prompt: second, next: test}
test:
  type: branch
  cases: [{when: {variable: payment_method, present: true}, to: hello}]
  otherwise: done
done: {type: hangup, prompt: done}
"""


@pytest.fixture
def flow() -> Flow:
    return flow_of(NODES, for_anyone("hello", "second", "done"), "keys: {9: done}")


def texts(flow: Flow) -> list[str]:
    return ["".join(text.itertext()) for text in ET.fromstring(draw(flow)).iter(f"{SVG}text")]  # noqa: S314


def test_every_node_is_there_with_its_type_and_prompt(flow: Flow) -> None:
    assert {"hello", "next", "test", "done", "menu hello", "say second", "branch", "hangup done"} <= set(
        texts(flow)
    )


def test_keys_stand_on_the_arrows_those_to_one_target_together(flow: Flow) -> None:
    assert "1, 2" in texts(flow)
    assert "3, silence" in texts(flow)


def test_a_way_back_up_is_written_in_the_box_and_leads_there(flow: Flow) -> None:
    assert "payment_method is there → hello" in texts(flow)
    assert '<a href="#node-hello">' in draw(flow)


def test_keys_of_the_whole_flow_are_drawn_once(flow: Flow) -> None:
    assert texts(flow).count(EVERYWHERE) == 1
    assert texts(flow).count("9") == 1


def test_nodes_are_coloured_by_what_they_are_for(flow: Flow) -> None:
    families = {name: box.family for name, box in boxes_of(flow).items()}
    assert families["hello"] is Family.ASKS
    assert families["next"] is Family.SAYS
    assert families["test"] is Family.DECIDES
    assert families["done"] is Family.ENDS


def test_what_people_wrote_can_not_break_the_document() -> None:
    evil = flow_of("a: {type: hangup}", for_anyone(), "description: '<script>\"&'")
    assert ET.fromstring(draw(evil)).get("aria-label") == 'test: <script>"&'  # noqa: S314


@settings(max_examples=60, deadline=None)
@given(drawn=st.sampled_from(list(NODE_TYPES)).flatmap(flows))
def test_any_flow_is_drawn_without_overlaps_and_with_every_way_told_once(drawn: tuple[Flow, Flow]) -> None:
    for flow in drawn:
        is_drawn_well(flow)


def is_drawn_well(flow: Flow) -> None:
    boxes = boxes_of(flow)
    layout = lay_out(boxes, flow.start)
    assert set(layout.boxes) == set(boxes)
    for one, other in combinations(layout.boxes.values(), 2):
        assert not overlap(one, other)
    for placed in layout.boxes.values():
        assert sorted((*placed.arrows, *placed.jumps), key=str) == sorted(placed.box.ways, key=str)
        assert all(layout.boxes[way.to].y >= placed.y + placed.height for way in placed.arrows)
        lines = (placed.box.name, placed.box.subtitle, *map(jump_text, placed.jumps))
        assert all(len(line) * CHARACTER < placed.width for line in lines)
        assert 0 <= placed.x <= layout.width - placed.width
    assert not re.search(r"\bnan\b", draw(flow))


def overlap(one: Placed, other: Placed) -> bool:
    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    above = one.y + one.height <= other.y or other.y + other.height <= one.y
    return not (beside or above)
