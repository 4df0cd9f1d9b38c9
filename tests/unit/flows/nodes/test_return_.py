from tests.unit.flows.rehearsal import flow_of, for_anyone, rehearse

CATALOGUE = for_anyone("hello")
NODES = """
hello: {type: say, prompt: hello, next: back}
back: {type: return, result: told}
"""


def test_where_no_flow_waits_it_ends_the_call_politely() -> None:
    call = rehearse(flow_of(NODES, CATALOGUE), CATALOGUE).listens()
    assert call.transcript[-2:] == ["say back: bye", "hang up: told"]
