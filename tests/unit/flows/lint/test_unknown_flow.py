from tests.unit.flows.lint.linting import ENTERING, INNER, codes, linted, only


def test_a_flow_that_is_not_there_is_found_with_the_one_that_is_meant() -> None:
    found = only("F121", linted(ENTERING, others={"inner-one": INNER}))
    assert "test.yaml:" in found
    assert "nodes.enter.flow: there is no flow 'inner'; did you mean 'inner-one'" in found
    assert "use one of test, other" in only("F121", linted(ENTERING, others={"other": INNER}))


def test_a_flow_that_is_there_is_fine() -> None:
    assert codes(ENTERING, others={"inner": INNER}) == set()


def test_a_flow_that_is_there_and_broken_is_told_in_its_own_file() -> None:
    assert codes(ENTERING, others={"inner": "start: nowhere"}) == set()
