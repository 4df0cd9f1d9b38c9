from tests.unit.flows.lint.linting import ENTERING, INNER, codes, linted, only

SPANISH = "languages: [en, es]\n"
SETTING = INNER.replace("next: back", "next: set") + "  set: {type: set_language, language: es, next: back}"


def test_a_language_that_the_entered_flow_does_not_serve_is_found() -> None:
    found = [f for f in linted(ENTERING, SPANISH, others={"inner": INNER}) if f.code != "F301"]
    assert "nodes.enter.flow: the flow 'inner' does not serve es, which this one does" in only(
        "F802", tuple(found)
    )


def test_a_language_that_it_comes_back_in_is_found() -> None:
    found = only("F802", linted(ENTERING, others={"inner": SPANISH + SETTING}))
    assert "the flow 'inner' can come back in es, which this one does not serve" in found


def test_it_is_found_behind_a_flow_between_them() -> None:
    between = INNER.replace("next: back", "next: in") + "  in: {type: enter_flow, flow: more, next: back}"
    found = only("F802", linted(ENTERING, others={"inner": SPANISH + between, "more": SPANISH + SETTING}))
    assert "the flow 'inner' can come back in es" in found


def test_a_flow_that_serves_more_and_does_not_switch_is_fine() -> None:
    assert codes(ENTERING, others={"inner": SPANISH + INNER}) == set()
