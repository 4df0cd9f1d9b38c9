import pytest

from ivr.errors import ContentError, FlowError
from ivr.flows.effects import TransferOut
from ivr.flows.variables import values_of
from tests.unit.flows.rehearsal import MARIA, Rehearsal, flow_of, for_anyone, rehearse

CATALOGUE = for_anyone("hold", "thanks", "busy", "broken")
NODES = """
agent: {type: transfer, prompt: hold, queue: collections, done: thanks, no_agent: busy, failed: broken}
thanks: {type: hangup, prompt: thanks}
busy: {type: hangup, prompt: busy}
broken: {type: hangup, prompt: broken}
"""


@pytest.fixture
def call() -> Rehearsal:
    return rehearse(flow_of(NODES, CATALOGUE), CATALOGUE)


def test_it_announces_then_transfers_with_the_state_stored_before(call: Rehearsal) -> None:
    assert call.presses("1").listens().transcript == [
        "say agent: hold",
        "checkpoint",
        "transfer to collections",
    ]


@pytest.mark.parametrize(("result", "said"), [("done", "thanks"), ("no_agent", "busy"), ("failed", "broken")])
def test_each_result_has_its_way(call: Rehearsal, result: str, said: str) -> None:
    assert call.listens().learns(result).heard[-1] == said


def test_only_a_talk_with_an_agent_is_a_transfer(call: Rehearsal) -> None:
    assert "respond transferred {'queue': 'collections'}" in call.listens().learns("done").transcript


def test_leaving_the_queue_is_hanging_up(call: Rehearsal) -> None:
    assert call.listens().hangs_up().transcript[-1] == "respond hung_up"


def test_an_agent_who_took_the_call_as_it_ended_is_still_told(call: Rehearsal) -> None:
    call.listens().hangs_up().learns("done")
    assert call.transcript[-2:] == ["respond transferred {'queue': 'collections'}", "checkpoint"]


def test_a_result_that_a_transfer_can_not_have_is_loud(call: Rehearsal) -> None:
    with pytest.raises(FlowError, match="can't end in 'paid'"):
        call.listens().learns("paid")


NUMBER = NODES.replace("queue: collections", "number: '+12025550177'")
IVR = NODES.replace("queue: collections", "ivr: {number: '+12025550188', reference: account.id}")


def outside(nodes: str, **account: object) -> Rehearsal:
    maria = {**MARIA, "account": {**values_of(MARIA, "account"), **account}}
    return rehearse(flow_of(nodes, CATALOGUE), CATALOGUE, maria)


def asked_for(call: Rehearsal) -> TransferOut:
    effect = call.turn.state.effect
    assert isinstance(effect, TransferOut)
    return effect


def test_a_number_is_connected_to() -> None:
    call = outside(NUMBER).listens()
    assert (asked_for(call).number, asked_for(call).reference) == ("+12025550177", None)
    assert "respond transferred {'number': '+12025550177'}" in call.learns("done").transcript


def test_an_ivr_outside_gets_the_reference_and_no_log_has_it() -> None:
    call = outside(IVR, id="A-4711").listens()
    assert (asked_for(call).number, asked_for(call).reference) == ("+12025550188", "A-4711")
    assert "A-4711" not in repr(asked_for(call))


@pytest.mark.parametrize(("result", "said"), [("done", "thanks"), ("no_agent", "busy"), ("failed", "broken")])
def test_each_result_of_a_call_outside_has_its_way(result: str, said: str) -> None:
    assert outside(IVR).listens().learns(result).heard[-1] == said


@pytest.mark.parametrize("reference", ["", None, "a b", "x\r\nEvil: 1", "a" * 65])
def test_a_reference_that_no_header_can_carry_is_not_sent(reference: str | None) -> None:
    assert outside(IVR, id=reference).listens().heard[-1] == "broken"


@pytest.mark.parametrize(
    "place", ["", "queue: q, number: '+12025550177',", "number: '+12025550177', ivr: X,"]
)
def test_a_transfer_goes_to_one_place(place: str) -> None:
    ivr = "{number: '+12025550188', reference: account.id}"
    nodes = NODES.replace("queue: collections,", place.replace("X", ivr))
    with pytest.raises(ContentError, match="goes to one place; write one of `queue:`, `number:` and `ivr:`"):
        flow_of(nodes, CATALOGUE)


def test_a_number_that_is_none_is_refused() -> None:
    with pytest.raises(ContentError, match=r"write a number like \+12025550100"):
        flow_of(NUMBER.replace("+1202", "0"), CATALOGUE)
