from tests.unit.flows.lint.linting import ENTERING, INNER, codes, linted, only

SAID = {"order": {"text": "Your order is {{ own.order }}."}}
TELLING = INNER.replace("prompt: again", "prompt: order")
SETTING = """
hello: {type: menu, prompt: hello, keys: {1: set, 2: %s}, no_input: {prompt: again},
  no_match: {prompt: again}}
set: {type: set_variable, variable: order, value: a, next: enter}
enter: {type: enter_flow, flow: inner, next: done}
"""


def test_what_the_entered_flow_speaks_of_and_nobody_sets_is_found_where_it_is_entered() -> None:
    found = only("F803", linted(ENTERING, prompts=SAID, others={"inner": TELLING}))
    assert "nodes.enter.flow: the flow 'inner' says 'order', which speaks of 'own.order'" in found
    assert "nothing has set by then" in found


def test_what_is_set_on_every_way_there_is_fine() -> None:
    assert codes(SETTING % "done", prompts=SAID, others={"inner": TELLING}) == set()


def test_a_way_past_its_setting_is_found() -> None:
    found = only("F803", linted(SETTING % "enter", prompts=SAID, others={"inner": TELLING}))
    assert "which speaks of 'own.order', and that is not set on every way here" in found


def test_it_is_found_through_a_flow_between_them() -> None:
    between = INNER.replace("next: back", "next: in") + "  in: {type: enter_flow, flow: more, next: back}"
    others = {"inner": between, "more": TELLING}
    assert "the flow 'more' says 'order'" in only("F803", linted(ENTERING, prompts=SAID, others=others))
    assert codes(SETTING % "done", prompts=SAID, others=others) == set()


def test_what_the_entered_flow_sets_before_it_returns_is_there_afterwards() -> None:
    setting = INNER.replace("next: back", "next: set") + (
        "  set: {type: set_variable, variable: order, value: a, next: back}"
    )
    told = f"{ENTERING}\ndone: {{type: hangup, prompt: order}}"
    assert codes(told, prompts=SAID, others={"inner": setting}) == set()
    found = only("F111", linted(told, prompts=SAID, others={"inner": INNER}))
    assert "nodes.done.prompt: 'order' speaks of 'own.order', which nothing has set by then" in found
