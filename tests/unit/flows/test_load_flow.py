"""Complaints about a flow: where, what, and what would be right, all at once."""

import pytest

from ivr.content_file import parse_content
from ivr.errors import ContentError
from ivr.flows.load_flow import load_flow
from tests.unit.flows.rehearsal import for_anyone

CATALOGUE = for_anyone("hello", "done")
GOOD = """\
name: test
start: hello
sorry: sorry
goodbye: bye
nodes:
  hello: {type: say, prompt: hello, next: done}
  done: {type: hangup, prompt: done}
"""


def complaints(text: str) -> list[str]:
    with pytest.raises(ContentError) as caught:
        load_flow(parse_content(text, "test.yaml"), CATALOGUE)
    return [str(problem) for problem in caught.value.problems]


def test_a_good_flow_loads_and_is_pinned_by_its_content() -> None:
    flow = load_flow(parse_content(GOOD, "test.yaml"), CATALOGUE)
    assert flow.name == "test"
    same = load_flow(parse_content(f"# a remark\n{GOOD}", "other.yaml"), CATALOGUE)
    changed = load_flow(parse_content(GOOD.replace("prompt: done", "prompt: hello"), "t.yaml"), CATALOGUE)
    assert flow.version == same.version != changed.version


@pytest.mark.parametrize(
    ("good", "bad", "complaint"),
    [
        (
            "type: say",
            "type: sing",
            "test.yaml:6: nodes.hello: 'sing' is not known here; use one of 'answers'",
        ),
        (
            "next: done",
            "next: don",
            "test.yaml:6: nodes.hello.next: there is no node 'don'; did you mean 'done'",
        ),
        (", next: done", "", "test.yaml:6: nodes.hello.next: it is missing; add it."),
        ("start: hello", "start: done", "test.yaml:6: nodes.hello: no way leads to this node"),
        ("prompt: done", "prompt: donne", "test.yaml:7: nodes.done.prompt: there is no prompt 'donne'"),
        (
            "sorry: sorry",
            "sorry: sory",
            "test.yaml:3: sorry: there is no prompt 'sory'; did you mean 'sorry'",
        ),
        ("next: done", "next: done, colour: red", "test.yaml:6: nodes.hello.colour: nothing of this name"),
        ("name: test", "name: test\ndirection: up", "direction: 'up' can't be used"),
        ("name: test", "name: test\nmanners: {first_key: 0}", "test.yaml:2: manners.first_key"),
        ("name: test", "name: test\nmanners: 5", "test.yaml:2: manners: 5 can't be used"),
        ("name: test", "name: test\nkeys: {0: agent}", "test.yaml:2: keys.0: there is no node 'agent'"),
        ("name: test", "name: test\nversion: x", "test.yaml:2: version: nothing of this name is known here"),
    ],
)
def test_each_mistake_is_told_with_its_place(good: str, bad: str, complaint: str) -> None:
    found = complaints(GOOD.replace(good, bad, 1))
    assert any(complaint in line for line in found), found


def test_everything_is_told_at_once() -> None:
    bad = GOOD.replace("next: done", "next: gone").replace("prompt: hello", "prompt: helo")
    found = "\n".join(complaints(bad))
    assert "there is no node 'gone'" in found
    assert "there is no prompt 'helo'" in found
    assert "no way leads to this node" in found


def test_the_good_bye_is_for_anyone() -> None:
    from ivr.prompts.content_tier import ContentTier
    from tests.unit.flows.rehearsal import TinyCatalogue

    anyone = dict.fromkeys(("hello", "done", "sorry"), ContentTier.ANYONE)
    catalogue = TinyCatalogue({**anyone, "bye": ContentTier.CONFIRMED})
    with pytest.raises(ContentError, match="'bye' is for a confirmed person, and this can be said to anyone"):
        load_flow(parse_content(GOOD, "test.yaml"), catalogue)
