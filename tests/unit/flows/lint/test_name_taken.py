from ivr.content_file import parse_content
from ivr.flows.lint.flow_set import flow_set
from ivr.flows.lint.lint_flow import lint_flow
from tests.unit.flows.lint.linting import INNER, only
from tests.unit.flows.rehearsal import for_anyone


def test_the_second_file_with_a_flows_name_is_told_of_the_first() -> None:
    catalogue = for_anyone("again")
    first, second = (
        parse_content(f"name: inner\nsorry: sorry\ngoodbye: bye\ndirection: inbound\n{INNER}", file)
        for file in ("first.yaml", "second.yaml")
    )
    flows = flow_set((first, second), catalogue, {})
    assert lint_flow(first, catalogue, {}, flows) == ()
    found = only("F123", lint_flow(second, catalogue, {}, flows))
    assert "second.yaml:1: name: first.yaml is a flow named 'inner' already; give one another name" in found
