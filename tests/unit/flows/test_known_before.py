from ivr.flows.known_before import known_before, unknown_before
from ivr.flows.session import Session
from ivr.prompts.content_tier import ContentTier
from ivr.prompts.segment import TextSegment
from tests.unit.flows.rehearsal import MARIA, TinyCatalogue, flow_of

CATALOGUE = TinyCatalogue(
    dict.fromkeys(("hello", "opening", "done", "sorry", "bye"), ContentTier.ANYONE),
    slots={"hello": "customer.name", "opening": "result.opens_at"},
)
NODES = """
hello: {type: say, prompt: hello, next: hours}
hours: {type: check_hours, hours: agents, open: done, closed: opening}
opening: {type: say, prompt: opening, next: done}
done: {type: hangup, prompt: hello}
"""


def test_every_segment_is_known_once_but_for_what_the_call_will_bring() -> None:
    session = Session(flow_of(NODES, CATALOGUE), CATALOGUE, MARIA, "en")
    texts = [segment.text for segment in known_before(session) if isinstance(segment, TextSegment)]
    assert texts == ["sorry", "bye", "hello Maria Lopez"]
    assert unknown_before(session) == ("opening",)
