from tests.unit.flows.lint.linting import ENTERING, INNER, codes, linted, only


def entering(flow: str) -> str:
    return (
        INNER.replace("next: back", "next: enter")
        + f"  enter: {{type: enter_flow, flow: {flow}, next: back}}"
    )


def test_flows_that_enter_each_other_are_found() -> None:
    found = only("F801", linted(ENTERING, others={"inner": entering("more"), "more": entering("test")}))
    assert "nodes.enter.flow: test → inner → more → test enter each other without end" in found
    assert "when they are 5 deep" in found


def test_a_flow_that_enters_itself_is_found() -> None:
    assert "test → test enter" in only("F801", linted(ENTERING.replace("inner", "test")))


def test_a_circle_is_told_where_it_is_closed_and_not_by_whoever_gets_into_it() -> None:
    assert codes(ENTERING, others={"inner": entering("more"), "more": entering("inner")}) == set()


def test_more_flows_in_each_other_than_the_limit_are_found() -> None:
    others = {"inner": entering("more"), "more": INNER}
    found = only("F801", linted(ENTERING, "limits: {depth: 1}", others=others))
    assert "test → inner → more are 2 deep in each other, limit 1" in found
    assert codes(ENTERING, "limits: {depth: 2}", others=others) == set()
