from tests.unit.flows.rehearsal import flow_of, for_anyone, rehearse

CATALOGUE = for_anyone("done")
NODES = """
promise: {type: respond, response: promised, details: {within_days: 7}, next: done}
done: {type: hangup, prompt: done}
"""


def test_it_records_the_response_stores_it_and_goes_on() -> None:
    assert rehearse(flow_of(NODES, CATALOGUE), CATALOGUE).transcript == [
        "respond promised {'within_days': 7}",
        "checkpoint",
        "say done: done",
    ]


def test_a_hang_up_after_a_settling_response_adds_nothing() -> None:
    call = rehearse(flow_of(NODES, CATALOGUE), CATALOGUE).hangs_up()
    assert "respond hung_up" not in call.transcript


def test_details_can_speak_of_variables() -> None:
    nodes = """
respond: {type: respond, response: rescheduled, details: {on: "{{ account.due_on }}"}, next: done}
done: {type: hangup}
"""
    catalogue = for_anyone()
    call = rehearse(flow_of(nodes, catalogue), catalogue)
    assert "respond rescheduled {'on': '2026-03-01'}" in call.transcript
