from tests.unit.flows.rehearsal import flow_of, for_anyone, rehearse

CATALOGUE = for_anyone("done")


def test_it_goes_on_elsewhere() -> None:
    flow = flow_of("here: {type: goto, to: there}\nthere: {type: hangup, prompt: done}", CATALOGUE)
    assert rehearse(flow, CATALOGUE).heard == ["done"]


def test_going_round_for_ever_ends_politely() -> None:
    flow = flow_of("here: {type: goto, to: there}\nthere: {type: goto, to: here}", CATALOGUE)
    call = rehearse(flow, CATALOGUE).listens()
    assert call.transcript == ["say there: bye", "hang up: limit reached"]
