"""What the settings make of trunks."""

from __future__ import annotations

from ivr.app.line import causes_by_trunk
from ivr.calls.call_result import CallResult
from ivr.switch.trunk import Trunk
from ivr.telephony.cause_map import CauseOverrides


def test_each_trunk_has_codes_of_its_own() -> None:
    codes = {"sip_causes": {"403": "congestion"}, "q850_causes": {"21": "blocked"}}
    own = Trunk.model_validate({"name": "own", "host": "192.0.2.1", **codes})
    plain = Trunk.model_validate({"name": "plain", "host": "192.0.2.2"})
    assert causes_by_trunk([own, plain]) == {
        "own": CauseOverrides({403: CallResult.CONGESTION}, {21: CallResult.BLOCKED}),
        "plain": CauseOverrides(),
    }
