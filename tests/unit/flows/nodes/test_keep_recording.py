import pytest

from ivr.flows.effects import KeepRecording
from tests.unit.flows.rehearsal import Rehearsal, flow_of, for_anyone, rehearse

CATALOGUE = for_anyone("pin", "ask", "speak", "kept", "refused", "failed")
NODES = """
door: {type: check_pin, prompt: pin, match: number, locked: failed, closed: failed}
number: {type: gather, prompt: ask, variable: number, length: 1, next: hours}
hours: {type: gather, prompt: ask, variable: hours, length: 2, next: take}
take: {type: record, prompt: speak, variable: take, next: keep, failed: failed}
keep:
  type: keep_recording
  recording: gathered.take
  number: gathered.number
  hours: gathered.hours
  kept: kept
  refused: refused
  failed: failed
kept: {type: hangup, prompt: kept}
refused: {type: hangup, prompt: refused}
failed: {type: hangup, prompt: failed}
"""


def keeping(hours: str = "12", nodes: str = NODES) -> Rehearsal:
    call = rehearse(flow_of(nodes, CATALOGUE), CATALOGUE).listens().presses("271828#").learns("match")
    return call.listens().presses("0").listens().presses(hours).listens().learns("recorded", recording="r1")


@pytest.mark.parametrize(("keyed", "hours"), [("12", 12), ("00", None)])
def test_the_host_is_asked_to_keep_it_under_its_number(keyed: str, hours: int | None) -> None:
    effect = keeping(keyed).turn.state.effect
    assert isinstance(effect, KeepRecording)
    assert (effect.recording, effect.number, effect.language, effect.hours) == ("r1", "0", "en", hours)


def test_without_hours_it_stays() -> None:
    effect = keeping(nodes=NODES.replace("  hours: gathered.hours\n", "")).turn.state.effect
    assert isinstance(effect, KeepRecording)
    assert effect.hours is None


@pytest.mark.parametrize("result", ["kept", "refused", "failed"])
def test_each_result_has_its_way(result: str) -> None:
    assert keeping().learns(result).heard[-1] == result
