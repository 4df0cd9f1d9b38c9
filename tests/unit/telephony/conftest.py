"""A call at a switch that answers from a script."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.ari.values import ChannelState
from ivr.calls.call_result import CallResult
from ivr.telephony.ari_call import AriCall
from ivr.telephony.cause_map import CauseOverrides
from tests.unit.telephony.events import channel, in_app, is_up
from tests.unit.telephony.scripted_ari import ScriptedAri


@pytest.fixture
def ari() -> ScriptedAri:
    return ScriptedAri()


@pytest.fixture
def dialling(ari: ScriptedAri) -> AriCall:
    causes = CauseOverrides(sip={486: CallResult.CONGESTION})
    return AriCall(ari, channel(ChannelState.DOWN), causes, lambda trunk, number: f"PJSIP/{number}@{trunk}")


@pytest.fixture
def call(dialling: AriCall) -> AriCall:
    """A call that is up."""
    for event in (is_up(1), in_app(1)):
        dialling.track.take(event)
    return dialling


@pytest.fixture
def file(tmp_path: Path) -> Path:
    sound = tmp_path / "a.wav"
    sound.touch()
    return sound
