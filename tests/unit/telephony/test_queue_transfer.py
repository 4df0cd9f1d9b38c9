import pytest

from ivr.telephony.queue_transfer import QueueTransfer, is_queue_name, returned_with
from tests.unit.telephony.events import CALL, dialled, in_app


@pytest.mark.parametrize(
    ("status", "result"),
    [
        ("JOINEMPTY", "no_agent"),
        ("TIMEOUT", "no_agent"),
        ("CONTINUE", "done"),
        ("UNKNOWN", "failed"),
        ("", "failed"),
        ("ANSWER", "done"),
        ("BUSY", "no_agent"),
        ("NOANSWER", "no_agent"),
        ("CHANUNAVAIL", "failed"),
        ("CONGESTION", "failed"),
    ],
)
def test_how_a_stay_in_the_queue_came_out(status: str, result: str) -> None:
    assert QueueTransfer(1).result_on_return(status) == result


def test_whom_an_agent_took_was_served_whatever_the_queue_says() -> None:
    transfer = QueueTransfer(1)
    transfer.watch(dialled(1, "RINGING", peer="agent", caller=CALL), CALL)
    assert not transfer.agent_answered
    transfer.watch(dialled(2, "ANSWER", peer="agent", caller="another"), CALL)
    assert not transfer.agent_answered
    transfer.watch(dialled(3, "ANSWER", peer="agent", caller=CALL), CALL)

    assert transfer.result_on_return("TIMEOUT") == "done"


@pytest.mark.parametrize(
    ("number", "agent"),
    [
        ("desk", "desk"),
        ("+12025550124@provider", "+12025550124"),
        ("12025550124@agent-of-desks/n", "+12025550124"),
    ],
)
def test_it_is_known_who_took_the_call(number: str, agent: str) -> None:
    transfer = QueueTransfer(1)
    transfer.watch(dialled(1, "", peer="leg-1", caller=CALL, number="other"), CALL)
    transfer.watch(dialled(1, "", peer="leg-2", caller=CALL, number=number), CALL)
    transfer.watch(dialled(2, "RINGING", peer="leg-1", caller=CALL), CALL)
    assert transfer.taken_by is None
    transfer.watch(dialled(3, "ANSWER", peer="leg-2", caller=CALL), CALL)
    assert transfer.taken_by == agent


@pytest.mark.parametrize(
    ("args", "status"), [(("afterqueue", "FULL"), "FULL"), (("afterqueue",), ""), ((), None)]
)
def test_only_a_return_is_a_return(args: tuple[str, ...], status: str | None) -> None:
    assert returned_with(in_app(1, *args)) == status


@pytest.mark.parametrize("name", ["agents", "team-2", "24h"])
def test_queue_names(name: str) -> None:
    assert is_queue_name(name)


@pytest.mark.parametrize("name", ["", "h", "a,s,1", "Agents", "a b", "${X}", "agents\n", "-a", "a" * 40])
def test_what_is_no_queue_name_never_reaches_the_dialplan(name: str) -> None:
    assert not is_queue_name(name)
