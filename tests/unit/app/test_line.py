"""What the settings make of trunks."""

from __future__ import annotations

import pytest

from ivr.app.line import causes_by_trunk, default_line, permission_of
from ivr.calls.call_result import CallResult
from ivr.engine.line import Line
from ivr.engine.telephony import Listening
from ivr.settings import Settings
from ivr.switch.trunk import SIMULATED_TRUNK, Trunk
from ivr.telephony.cause_map import CauseOverrides


def test_each_trunk_has_codes_of_its_own() -> None:
    codes = {"sip_causes": {"403": "congestion"}, "q850_causes": {"21": "blocked"}}
    own = Trunk.model_validate({"name": "own", "host": "192.0.2.1", **codes})
    plain = Trunk.model_validate({"name": "plain", "host": "192.0.2.2"})
    assert causes_by_trunk([own, plain]) == {
        "own": CauseOverrides({403: CallResult.CONGESTION}, {21: CallResult.BLOCKED}),
        "plain": CauseOverrides(),
    }


def test_a_trunk_listens_who_answers_when_it_is_told_to_or_all_dialling_is() -> None:
    def line(trunk: dict[str, object], dialing: dict[str, object]) -> Line:
        own = Trunk.model_validate({"name": "own", "host": "192.0.2.1", **trunk})
        return default_line(Settings.model_validate({"dialing": {"trunk": "own", **dialing}}), [own])

    assert line({}, {}).listening is None
    assert line({"detect_answerer": True, "beeps_hz": [440]}, {}).listening == Listening((440,))
    assert line({"detect_answerer": True}, {"detect_answerer": False}).listening is None
    assert line({"beeps_hz": []}, {"detect_answerer": True}).listening == Listening(())


@pytest.mark.parametrize("trunk", ["own", SIMULATED_TRUNK])
def test_what_may_be_dialled_is_told_without_asterisk_as_the_line_has_it(trunk: str) -> None:
    dialing = {"trunk": trunk, "listed_numbers": ["+12025550123"], "allowed_prefixes": ["+1202"]}
    settings = Settings.model_validate({"dialing": dialing})
    trunks = [Trunk.model_validate({"name": name, "host": "192.0.2.1"}) for name in ("own", SIMULATED_TRUNK)]
    assert permission_of(settings) == default_line(settings, trunks).permission(is_live=False)
