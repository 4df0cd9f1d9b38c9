"""Nobody gets into the studio without its PIN, and nobody tries many."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from ivr.calls.call_result import CallResult
from ivr.engine.check_pin import check_pin
from ivr.engine.host import Host
from ivr.flows.effects import CheckPin
from ivr.flows.keyed import Keyed, Secret
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import ScriptedCall, report

RIGHT, WRONG = "271828", "314159"


async def tries(engine: Engine, *pins: str) -> list[str]:
    """Key PINs, each in a call of its own."""
    results = []
    for number, pin in enumerate(pins):
        call_id = f"call-{number}"
        call = ScriptedCall(call_id, report(call_id, engine.clock(), CallResult.ANSWERED))
        host = Host(engine.world, engine.contents, call)
        keyed = Keyed(secrets={"pin": Secret("door", pin)})
        results.append((await check_pin(host, CheckPin(1, "pin"), keyed)).result)
    return results


async def test_the_right_one_opens(engine: Engine) -> None:
    assert await tries(engine, RIGHT) == ["match"]


@pytest.mark.parametrize("pin", [WRONG, "", RIGHT[:-1], RIGHT + "0"])
async def test_no_other_one_does(engine: Engine, pin: str) -> None:
    assert await tries(engine, pin) == ["no_match"]


async def test_three_wrong_ones_in_a_row_lock_the_door_for_everybody_and_ten_minutes(engine: Engine) -> None:
    assert await tries(engine, WRONG, WRONG, WRONG, RIGHT) == [*["no_match"] * 3, "locked"]
    engine.clock.advance(minutes=9, seconds=59)
    assert await tries(engine, RIGHT) == ["locked"]
    engine.clock.advance(seconds=1)
    assert await tries(engine, RIGHT) == ["match"]


async def test_the_right_one_begins_the_count_anew(engine: Engine) -> None:
    assert await tries(engine, WRONG, WRONG, RIGHT, WRONG, WRONG, RIGHT) == [
        *["no_match"] * 2, "match", *["no_match"] * 2, "match",
    ]  # fmt: skip


async def test_without_a_pin_nobody_gets_in(engine: Engine) -> None:
    engine.studio.its_pin = None
    assert await tries(engine, RIGHT, "") == ["closed", "closed"]


async def test_no_log_tells_what_was_keyed(engine: Engine) -> None:
    with capture_logs() as logs:
        await tries(engine, WRONG, RIGHT)
    assert [entry["result"] for entry in logs] == ["no_match", "match"]
    assert not any(pin in str(logs) for pin in (RIGHT, WRONG))
