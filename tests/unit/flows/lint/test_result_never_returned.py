from tests.unit.flows.lint.linting import ENTERING, INNER, codes, linted, only

PAYING = INNER.replace("type: return", "type: return, result: paid")


def returning(result: str) -> str:
    return ENTERING.replace("next: done", f"returns: {{{result}: done}}, next: done")


def test_a_way_for_a_result_that_never_comes_is_found_with_the_one_that_is_meant() -> None:
    found = only("F804", linted(returning("payed"), others={"inner": PAYING}))
    assert "nodes.enter.returns.payed: the flow 'inner' never returns 'payed'; did you mean 'paid'" in found


def test_a_flow_that_never_returns_is_told_as_such() -> None:
    ending = INNER.replace("type: return", "type: hangup, prompt: done")
    found = only("F804", linted(returning("paid"), others={"inner": ending}))
    assert "remove it, or give that flow a `return` node" in found


def test_results_that_come_and_those_that_next_is_for_are_fine() -> None:
    assert codes(returning("paid"), others={"inner": PAYING}) == set()
    assert codes(ENTERING, others={"inner": PAYING}) == set()
