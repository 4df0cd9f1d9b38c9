from tests.unit.flows.rehearsal import flow_of, for_anyone, rehearse

CATALOGUE = for_anyone("details", "menu", "enough")
NODES = """
details: {type: say, prompt: details, next: menu}
menu: {type: menu, prompt: menu, keys: {8: again}}
again: {type: repeat, from: details, times: 2, then: enough}
enough: {type: hangup, prompt: enough}
"""


def test_it_goes_back_as_often_as_it_may_then_on() -> None:
    call = rehearse(flow_of(NODES, CATALOGUE), CATALOGUE)
    for _ in range(3):
        call.listens().presses("8")
    assert call.heard == ["details", "menu", "details", "menu", "details", "menu", "enough"]
    assert call.transcript.count("respond repeated") == 2


def test_without_a_way_on_it_says_good_bye() -> None:
    flow = flow_of(
        "a: {type: repeat, from: b, times: 1}\nb: {type: say, prompt: details, next: a}", CATALOGUE
    )
    call = rehearse(flow, CATALOGUE).listens()
    assert call.heard == ["details", "bye"]
